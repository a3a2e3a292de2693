import { expect, test } from "vitest";

import { isWanted, readAsked, type Job } from "./asked";

const WEBSITE = "0198c5f2-7a4b-7c3e-9d51-2f6b8e0a4d17";

test("what an address cannot mean is left out", () => {
  const parameters = new URLSearchParams(`status=failed&status=odd&trigger=nobody&website=${WEBSITE}`);
  expect(readAsked(parameters)).toEqual({ status: ["failed"], website: WEBSITE });
  expect(readAsked(new URLSearchParams("website=1"))).toEqual({});
});

test("a job is wanted where it is all that is asked for", () => {
  const job = { status: "failed", trigger: "person", website_id: WEBSITE } as Job;
  expect(isWanted(job, {})).toBe(true);
  expect(isWanted(job, { status: ["failed", "running"], website: WEBSITE })).toBe(true);
  expect(isWanted(job, { status: ["running"] })).toBe(false);
  expect(isWanted(job, { trigger: "timetable" })).toBe(false);
});

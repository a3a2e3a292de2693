import { expect, test } from "vitest";

import { asQuery, isNarrowed, readAsked } from "./asked";

test("what an address cannot mean is left out", () => {
  const parameters = new URLSearchParams("q= grants &health=purple&state=paused&sort=odd&tag=culture");
  expect(readAsked(parameters)).toEqual({ q: "grants", tag: "culture", state: "paused", sort: "worst_health" });
});

test("a state is two switches to the API", () => {
  expect(asQuery({ sort: "name", state: "active" })).toEqual({ sort: "name", active: true, paused: false });
  expect(asQuery({ sort: "name", state: "inactive" })).toEqual({ sort: "name", active: false });
});

test("an order alone narrows nothing", () => {
  expect(isNarrowed({ sort: "name" })).toBe(false);
  expect(isNarrowed({ sort: "name", q: "x" })).toBe(true);
});

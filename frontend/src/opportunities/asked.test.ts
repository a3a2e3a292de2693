import { expect, test } from "vitest";

import { countFilters, readAsked, without, writeAsked } from "./asked";

test("an address and a search say the same", () => {
  const query = "q=roof&status=open&category=works&category=energy&closing_within_days=30&amount_min=1000&sort=newest";
  const asked = readAsked(new URLSearchParams(query));
  expect(asked).toEqual({
    q: "roof",
    status: ["open"],
    category: ["works", "energy"],
    closing_within_days: 30,
    amount_min: 1000,
    sort: "newest",
  });
  expect(writeAsked(asked).toString()).toBe(query);
  expect(countFilters(asked)).toBe(5);
});

test("what cannot be meant is left out", () => {
  const query = "status=maybe&closing_within_days=soon&amount_min=-4&closes_from=2031-02-31x&sort=relevance&website=";
  expect(readAsked(new URLSearchParams(query))).toEqual({});
});

test("a filter can be taken away", () => {
  expect(without({ q: "roof", status: ["open"] }, "status")).toEqual({ q: "roof" });
});

import { expect, test } from "vitest";

import { closingOf, isStale, timeOfDay } from "./deadline";

const NOW = new Date("2031-02-01T12:00:00Z");

test.each([
  ["2031-02-04T12:00:00Z", "days", 3, true],
  ["2031-03-04T11:00:00Z", "days", 30, false],
  ["2031-02-02T11:59:00Z", "hours", 23, true],
  ["2031-02-01T12:20:00Z", "hours", 1, true],
  ["2031-02-01T12:00:00Z", "closed", 0, false],
])("%s closes in %s", (closes_at, kind, count, isSoon) => {
  expect(closingOf({ status: "open", closes_at }, NOW)).toEqual({ kind, count, isSoon });
});

test("what has no deadline does not close", () => {
  expect(closingOf({ status: "open", closes_at: null }, NOW).kind).toBe("none");
});

test("a time of day is told only where the page prints one", () => {
  expect(timeOfDay("2027-02-09T14:00:00")).toBe("14:00");
  expect(timeOfDay("2027-02-09")).toBeNull();
});

test("a call that nobody confirmed for more than a week is stale", () => {
  expect(isStale("2031-01-26T12:00:00Z", NOW)).toBe(false);
  expect(isStale("2031-01-20T12:00:00Z", NOW)).toBe(true);
  expect(isStale(null, NOW)).toBe(true);
});

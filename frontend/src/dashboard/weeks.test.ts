import { expect, test } from "vitest";

import { countOfLast, monthsFrom, weeksOf } from "./weeks";

const DAYS = ["2031-02-01", "2031-02-02", "2031-02-03", "2031-02-09", "2031-02-10"].map((day, index) => ({
  day,
  new_opportunities: index + 1,
}));

test("days are put together by weeks that begin on Monday; one that began before is left out", () => {
  expect(weeksOf(DAYS)).toEqual([
    { monday: "2031-02-03", count: 7 },
    { monday: "2031-02-10", count: 5 },
  ]);
  expect(countOfLast(DAYS, 2)).toBe(9);
});

test("months have no gap, and end with the last that counts or where enough are there", () => {
  const counts = [
    { value: "2031-12", count: 3 },
    { value: "2032-02", count: 1 },
  ];
  expect(monthsFrom("2031-11", counts, 12)).toEqual([
    { month: "2031-11", count: 0 },
    { month: "2031-12", count: 3 },
    { month: "2032-01", count: 0 },
    { month: "2032-02", count: 1 },
  ]);
  expect(monthsFrom("2031-11", counts, 2)).toHaveLength(2);
});

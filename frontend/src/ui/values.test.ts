import { expect, test } from "vitest";

import { relative } from "./values";

const NOW = new Date("2031-02-01T12:00:00Z");

test.each([
  [20, "now"],
  [-5 * 60, "5 minutes ago"],
  [45 * 3_600, "in 1 day"],
  [-45 * 3_600, "1 day ago"],
  [13 * 86_400, "in 1 week"],
])("%i seconds from now", (seconds, words) => {
  expect(relative(new Date(NOW.getTime() + seconds * 1_000), NOW, "en")).toBe(words);
});

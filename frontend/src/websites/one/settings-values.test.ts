import { expect, test } from "vitest";

import type { Website } from "../asked";
import { changesOf, valuesOf } from "./settings-values";

const WEBSITE = {
  name: "Lindmere",
  description: null,
  category: "grants",
  region: null,
  tags: ["culture", "small"],
  schedule: "daily at 07:00 UTC",
  quiet_hours: null,
  timezone: null,
  render: "auto",
  active: true,
} as unknown as Website;

test("nothing is sent where nothing was changed", () => {
  expect(changesOf(WEBSITE, valuesOf(WEBSITE))).toEqual({});
  expect(changesOf(WEBSITE, { ...valuesOf(WEBSITE), name: "Lindmere ", tags: "culture;small" })).toEqual({});
});

test("only what was changed is sent, and what was emptied is taken away", () => {
  const values = { ...valuesOf(WEBSITE), category: " ", schedule: "", tags: "small", active: false };
  expect(changesOf(WEBSITE, values)).toEqual({ category: null, schedule: null, tags: ["small"], active: false });
});

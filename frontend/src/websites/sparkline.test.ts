import { expect, test } from "vitest";

import type { Activity } from "./asked";
import { successShare } from "./sparkline";

function jobs(...statuses: string[]): Activity["jobs"] {
  return statuses.map((status) => ({ status })) as Activity["jobs"];
}

test("visits that were stopped, or go on, count for nothing", () => {
  expect(successShare(jobs("completed", "failed", "cancelled", "running", "completed", "completed"))).toBe(0.75);
  expect(successShare(jobs("cancelled", "pending"))).toBeNull();
});

import type { Schemas } from "@/api/client";
import type { settings } from "@/words/en/settings";

type Key = keyof typeof settings;

export type Setting = Schemas["Setting"];
export type Value = Setting["value"];

/** Settings that may change at run time, by what they are about. */
export const GROUPS = [
  {
    title: "settings.group_manners",
    names: ["pace_seconds", "host_connections", "host_daily_requests", "respect_robots"],
  },
  {
    title: "settings.group_reach",
    names: ["max_pages", "max_details", "render", "verify_after_hours", "max_page_megabytes"],
  },
  { title: "settings.group_failures", names: ["timeout_seconds", "attempts", "job_attempts", "retry_seconds"] },
  { title: "settings.group_keeping", names: ["snapshot_days", "log_days"] },
  { title: "settings.group_time", names: ["timezone"] },
] as const satisfies readonly { title: Key; names: readonly string[] }[];

type Name = (typeof GROUPS)[number]["names"][number];

interface Words {
  name: `setting.${Name}`;
  what: `setting.${Name}_what`;
}

const NAMES: ReadonlySet<string> = new Set(GROUPS.flatMap((group) => group.names));

/** Return the keys of a setting's words; null: this app does not know it, and the server's own words must do. */
export function wordsOf(name: string): Words | null {
  return isGrouped(name) ? { name: `setting.${name}`, what: `setting.${name}_what` } : null;
}

export function isGrouped(name: string): name is Name {
  return NAMES.has(name);
}

const UNITS = [
  ["_seconds", { name: "unit.seconds", amount: "amount.seconds" }],
  ["_hours", { name: "unit.hours", amount: "amount.hours" }],
  ["_days", { name: "unit.days", amount: "amount.days" }],
  ["_megabytes", { name: "unit.megabytes", amount: "amount.megabytes" }],
] as const satisfies readonly (readonly [string, { name: Key; amount: Key }])[];

/** Return the keys of the unit that a setting is counted in, if it has one: alone, and after a number. */
export function unitOf(name: string): (typeof UNITS)[number][1] | null {
  return UNITS.find(([ending]) => name.endsWith(ending))?.[1] ?? null;
}

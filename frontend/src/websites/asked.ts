import type { Schemas } from "@/api/client";

export type Website = Schemas["Website"];
export type Activity = Schemas["WebsiteActivity"];

export const HEALTHS = ["red", "amber", "green", "unvisited"] as const;
export const SORTS = ["worst_health", "name", "newest", "last_scraped", "next_due"] as const;
export const STATES = ["active", "paused", "inactive"] as const;
/** Filters that are a word that websites have. */
export const WORDS = ["category", "region", "tag"] as const;

/** Which websites are wanted and in which order; the address of the list says the same. */
export interface Asked {
  q?: string;
  category?: string;
  region?: string;
  tag?: string;
  health?: (typeof HEALTHS)[number];
  state?: (typeof STATES)[number];
  sort: (typeof SORTS)[number];
}

/** Read it from the query of an address. What cannot be meant is left out rather than refused. */
export function readAsked(parameters: URLSearchParams): Asked {
  const asked: Asked = { sort: SORTS.find((sort) => sort === parameters.get("sort")) ?? "worst_health" };
  for (const name of ["q", ...WORDS] as const) {
    const value = parameters.get(name)?.trim().slice(0, 100);
    if (value) asked[name] = value;
  }
  const health = HEALTHS.find((each) => each === parameters.get("health"));
  if (health) asked.health = health;
  const state = STATES.find((each) => each === parameters.get("state"));
  if (state) asked.state = state;
  return asked;
}

/** Return the same as the API wants it. */
export function asQuery({ state, ...asked }: Asked) {
  if (state === "active") return { ...asked, active: true, paused: false };
  if (state === "paused") return { ...asked, active: true, paused: true };
  return state === "inactive" ? { ...asked, active: false } : asked;
}

/** Whether anything narrows the list. */
export function isNarrowed(asked: Asked): boolean {
  return Object.keys(asked).some((name) => name !== "sort");
}

import type { paths } from "@/api/schema";

/** A search as the API takes it, under the API's own names; the address of the list says the same. */
export type Asked = NonNullable<paths["/api/opportunities/facets"]["get"]["parameters"]["query"]>;
export type Status = NonNullable<Asked["status"]>[number];
export type Sort = NonNullable<Asked["sort"]>;

/** What may be chosen several times; any of its values will do. */
export const SEVERAL = ["status", "website", "category", "organisation", "currency"] as const;
export type Several = (typeof SEVERAL)[number];

export const STATUSES: readonly Status[] = ["open", "forthcoming", "closed", "unknown"];
export const SORTS: readonly Sort[] = ["deadline", "newest", "amount", "relevance"];

/** Filters of one value. `q` and `sort` are no filters: they narrow nothing on their own. */
export const SINGLE = [
  "closing_within_days",
  "closes_from",
  "closes_to",
  "posted_within_days",
  "amount_min",
  "amount_max",
] as const;
export type Single = (typeof SINGLE)[number];
export const FILTERS: readonly (Several | Single)[] = [...SEVERAL, ...SINGLE];

const MOST_CHOICES = 20;
const MOST_DAYS = 3_660;
const LARGEST_AMOUNT = 1e15;

/** Read a search from the query of an address. What cannot be meant is left out rather than refused. */
export function readAsked(parameters: URLSearchParams): Asked {
  const asked: Asked = {};
  const words = parameters.get("q")?.trim();
  if (words) asked.q = words;
  for (const name of SEVERAL) {
    const values = [...new Set(parameters.getAll(name))].filter(Boolean).slice(0, MOST_CHOICES);
    if (name === "status") {
      const known = STATUSES.filter((status) => values.includes(status));
      if (known.length > 0) asked.status = known;
    } else if (values.length > 0) {
      asked[name] = values;
    }
  }
  for (const name of ["closing_within_days", "posted_within_days"] as const) {
    const days = numberIn(parameters.get(name), MOST_DAYS);
    if (days !== null) asked[name] = Math.trunc(days);
  }
  for (const name of ["amount_min", "amount_max"] as const) {
    const amount = numberIn(parameters.get(name), LARGEST_AMOUNT);
    if (amount !== null) asked[name] = amount;
  }
  for (const name of ["closes_from", "closes_to"] as const) {
    const day = parameters.get(name);
    if (day && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))) asked[name] = day;
  }
  const sort = SORTS.find((known) => known === parameters.get("sort"));
  // By relevance needs words; without them the list falls back to its usual order.
  if (sort && sort !== "deadline" && (sort !== "relevance" || asked.q)) asked.sort = sort;
  return asked;
}

/** Write a search as the query of an address, in a fixed order. */
export function writeAsked(asked: Asked): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const name of ["q", ...FILTERS, "sort"] as const) {
    const value = asked[name];
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) parameters.append(name, String(each));
    }
  }
  return parameters;
}

/** Return what is sent for a search: the last word that was typed may be the beginning of one. */
export function sent(asked: Asked): Asked {
  return asked.q ? { ...asked, typing: true } : asked;
}

/** Return the same search without one of its parts. */
export function without(asked: Asked, name: Several): Asked {
  return Object.fromEntries(Object.entries(asked).filter(([key]) => key !== name));
}

export function countFilters(asked: Asked): number {
  return FILTERS.reduce((sum, name) => {
    const value = asked[name];
    return sum + (Array.isArray(value) ? value.length : value === undefined ? 0 : 1);
  }, 0);
}

function numberIn(text: string | null, most: number): number | null {
  const number = text === null || text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(number) && number >= 0 && number <= most ? number : null;
}

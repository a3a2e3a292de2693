import { queryOptions, type Query } from "@tanstack/react-query";

import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { POLL_MILLISECONDS } from "@/api/queries";

const DAYS = 182;
const SHOWN = 10;
const OFTEN_MILLISECONDS = 30_000;

/** Look again now and then, and sooner while something failed that may heal. */
function often({ state }: Query): number | false {
  if (state.error) return state.error instanceof Problem && !state.error.mayHeal ? false : POLL_MILLISECONDS;
  return OFTEN_MILLISECONDS;
}

const asOften = { refetchInterval: often as (query: unknown) => number | false };

export const statsQuery = queryOptions({
  queryKey: ["stats", DAYS],
  queryFn: ({ signal }) => answer(api.GET("/api/stats", { params: { query: { days: DAYS } }, signal })),
});

export const newQuery = queryOptions({
  queryKey: ["opportunities", "new-this-week"],
  queryFn: ({ signal }) =>
    answer(
      api.GET("/api/opportunities", {
        params: { query: { posted_within_days: 7, sort: "newest", limit: SHOWN } },
        signal,
      }),
    ),
});

export const activityQuery = queryOptions({
  queryKey: ["scrape-jobs", "last"],
  queryFn: ({ signal }) => answer(api.GET("/api/scrape-jobs", { params: { query: { limit: SHOWN } }, signal })),
  ...asOften,
});

export const systemQuery = queryOptions({
  queryKey: ["system"],
  queryFn: ({ signal }) => answer(api.GET("/api/system", { signal })),
  ...asOften,
});

export const readyQuery = queryOptions({
  queryKey: ["readiness"],
  queryFn: ({ signal }) => answer(api.GET("/api/health/ready", { signal })),
  ...asOften,
});

export const openFacetsQuery = queryOptions({
  queryKey: ["opportunities", "facets", "open"],
  queryFn: ({ signal }) =>
    answer(api.GET("/api/opportunities/facets", { params: { query: { status: ["open"] } }, signal })),
});

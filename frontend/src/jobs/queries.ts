import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { answer, api } from "@/api/client";

import type { Asked } from "./asked";

const PAGE_ROWS = 50;
/** No list grows beyond this; one goes on from there with a new one. */
export const MOST_PAGES = 10;
/** Lines that are asked for at once. */
export const PAGE_LINES = 500;

export function jobsQuery(asked: Asked, from: string | null) {
  return infiniteQueryOptions({
    queryKey: ["jobs", "list", asked, from],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/scrape-jobs", {
          params: { query: { ...asked, limit: PAGE_ROWS, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: from,
    getNextPageParam: (page) => page.next,
  });
}

export function jobQuery(id: string) {
  return queryOptions({
    queryKey: ["jobs", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/api/scrape-jobs/{job_id}", { params: { path: { job_id: id } }, signal })),
  });
}

/** The log of a job in pages, from its beginning. */
export function logQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ["jobs", "log", id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/scrape-jobs/{job_id}/log", {
          params: { path: { job_id: id }, query: { after: pageParam, limit: PAGE_LINES } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
    // While a job runs its lines come by a stream; what was read before may lack them.
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { answer, api } from "@/api/client";

import { asQuery, type Asked } from "./asked";

const PAGE_ROWS = 50;
/** No list grows beyond this; one goes on from there with a new one. */
export const MOST_PAGES = 10;

export function websitesQuery(asked: Asked, from: string | null) {
  return infiniteQueryOptions({
    queryKey: ["websites", "list", asked, from],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/websites", {
          params: {
            query: { ...asQuery(asked), limit: PAGE_ROWS, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: from,
    getNextPageParam: (page) => page.next,
  });
}

export function websiteQuery(id: string) {
  return queryOptions({
    queryKey: ["websites", "one", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/websites/{website_id}", { params: { path: { website_id: id } }, signal })),
  });
}

export const facetsQuery = queryOptions({
  queryKey: ["websites", "facets"],
  queryFn: ({ signal }) => answer(api.GET("/api/websites/facets", { signal })),
});

/** What some websites have been giving; at most 50 of them. */
export function activityQuery(ids: readonly string[]) {
  return queryOptions({
    queryKey: ["websites", "activity", ids],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/websites/activity", { params: { query: { id: [...ids] } }, signal })),
    enabled: ids.length > 0,
  });
}

/** How a website is logged in to, without any secret. */
export function logInQuery(id: string) {
  return queryOptions({
    queryKey: ["websites", "login", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/websites/{website_id}/login", { params: { path: { website_id: id } }, signal })),
  });
}

export function usualQuery(id: string) {
  return queryOptions({
    queryKey: ["websites", "usual", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/websites/{website_id}/usual", { params: { path: { website_id: id } }, signal })),
  });
}

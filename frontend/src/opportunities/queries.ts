import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/api/client";
import { askAhead } from "@/api/early";
import { painted } from "@/ui/painted";

import { sent, writeAsked, type Asked } from "./asked";

export type Row = Schemas["Opportunity"];
export type Whole = Schemas["WholeOpportunity"];

/** Three screens: fewer are found and sent sooner, and more come once one scrolls. */
const FIRST_ROWS = 30;
const PAGE_ROWS = 50;
/** No list grows beyond this; one goes on from there with a new one. */
export const MOST_PAGES = 10;

/** The rows that were asked for last. */
let rows: Promise<unknown> = Promise.resolve();

/**
 * Counting takes the server longer than finding, and from it: rows that are asked for at the same time come first,
 * and are drawn, for which a small machine that serves itself needs its processor as well.
 */
async function afterRows(): Promise<void> {
  // Whatever is asked for by the same change is under way then.
  await Promise.resolve();
  await rows;
  await painted();
}

/** The pages of a search, from a cursor on. They come again only when asked for, so nothing jumps while one reads. */
export function listQuery(asked: Asked, from: string | null) {
  return infiniteQueryOptions({
    queryKey: ["opportunities", "list", writeAsked(asked).toString(), from],
    queryFn: ({ pageParam, signal }) => {
      const found = answer(api.GET("/api/opportunities", { params: pageOf(asked, pageParam), signal }));
      rows = found.catch(() => undefined);
      return found;
    },
    initialPageParam: from,
    getNextPageParam: (page) => page.next,
    refetchOnWindowFocus: false,
  });
}

/** Have the page of a list that begins at a cursor under way before it is wanted. */
export function askForNext(asked: Asked, cursor: string): void {
  void api.GET("/api/opportunities", { params: pageOf(asked, cursor), fetch: askAhead });
}

function pageOf(asked: Asked, cursor: string | null) {
  const page = cursor === null ? { limit: FIRST_ROWS } : { limit: PAGE_ROWS, cursor };
  return { query: { ...sent(asked), ...page } };
}

/** What one starred, or ignored, the latest first. */
export function markedQuery(state: Schemas["Mark"]["state"], from: string | null) {
  return infiniteQueryOptions({
    queryKey: ["triage", "list", state, from],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/triage/opportunities", {
          params: { query: { state, limit: PAGE_ROWS, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: from,
    getNextPageParam: (page) => page.next,
  });
}

export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: ({ signal }) => answer(api.GET("/api/saved-views", { signal })),
});

/** The text of the page that a value was read from, as it was kept. */
export function savedPageQuery(id: string, field: string) {
  return queryOptions({
    queryKey: ["opportunities", "saved-page", id, field],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/opportunities/{opportunity_id}/saved-page", {
          params: { path: { opportunity_id: id }, query: { field } },
          signal,
        }),
      ),
  });
}

export function facetsQuery(asked: Asked) {
  return queryOptions({
    queryKey: ["opportunities", "facets", writeAsked({ ...asked, sort: "deadline" }).toString()],
    queryFn: async ({ signal }) => {
      await afterRows();
      return answer(
        api.GET("/api/opportunities/facets", { params: { query: { ...sent(asked), sort: "deadline" } }, signal }),
      );
    },
  });
}

export function opportunityQuery(id: string) {
  return queryOptions({
    queryKey: ["opportunities", "one", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/opportunities/{opportunity_id}", { params: { path: { opportunity_id: id } }, signal })),
  });
}

export function similarQuery(id: string) {
  return queryOptions({
    queryKey: ["opportunities", "similar", id],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/opportunities/{opportunity_id}/similar", {
          params: { path: { opportunity_id: id }, query: { limit: 5 } },
          signal,
        }),
      ),
  });
}

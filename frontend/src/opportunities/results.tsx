"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import { changeAddress } from "@/ui/address";
import { Button, ButtonLink } from "@/ui/button";
import { classes } from "@/ui/classes";
import { InfiniteList } from "@/ui/infinite-list";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/states";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { clearFilters } from "./active-filters";
import { countFilters, type Asked } from "./asked";
import { isLocal } from "./hosts";
import { facetsQuery, listQuery, MOST_PAGES } from "./queries";
import { ResultRow } from "./result-row";

/** The calls that a search finds. What was found stays while the next answer is under way, or fails to come. */
export function Results({ asked, from }: { asked: Asked; from: string | null }) {
  const t = useT(opportunities);
  const list = useInfiniteQuery({ ...listQuery(asked, from), placeholderData: keepPreviousData });
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const failure = list.error && (
    <ErrorState error={list.error} onRetry={() => void list.refetch()} isRetrying={list.isFetching} />
  );
  if (!list.data) return failure ?? <SkeletonRows />;

  const pages = list.data.pages;
  const rows = pages.flatMap((page) => page.items);
  if (rows.length === 0) return failure ?? <NothingFound asked={asked} />;
  const next = pages[pages.length - 1]?.next ?? null;
  return (
    <>
      {failure}
      {from && (
        <Button look="quiet" isSmall className="justify-self-start" onClick={() => changeAddress({ from: null }, "push")}>
          {t("list.from_start")}
        </Button>
      )}
      <SampleNote />
      <InfiniteList
        hasMore={list.hasNextPage}
        isFetching={list.isFetchingNextPage}
        onMore={more}
        isFull={pages.length >= MOST_PAGES}
        onGoOn={() => {
          changeAddress({ from: next }, "push");
          window.scrollTo({ top: 0 });
        }}
      >
        <ul
          aria-label={t("nav.opportunities")}
          aria-busy={list.isPlaceholderData || undefined}
          className={classes("card @container overflow-hidden", list.isPlaceholderData && "opacity-60")}
        >
          {rows.map((row) => (
            <ResultRow key={row.id} row={row} />
          ))}
        </ul>
      </InfiniteList>
    </>
  );
}

function NothingFound({ asked }: { asked: Asked }) {
  const t = useT(opportunities);
  if (countFilters(asked) > 0) {
    return (
      <EmptyState
        title={t("empty.filtered")}
        actions={<Button onClick={clearFilters}>{t("filter.clear")}</Button>}
      >
        {t("empty.filtered_what")}
      </EmptyState>
    );
  }
  if (asked.q) {
    return (
      <EmptyState
        title={t("empty.words", { words: asked.q })}
        actions={<Button onClick={() => changeAddress({ q: null, from: null })}>{t("empty.show_all")}</Button>}
      >
        {t("empty.words_what")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t("empty.none")}
      actions={
        <ButtonLink look="primary" href="/websites/">
          {t("empty.add")}
        </ButtonLink>
      }
    >
      {t("empty.none_what")}
    </EmptyState>
  );
}

/** Who sees only the bundled portal learns how to have their own websites watched. */
function SampleNote() {
  const t = useT(opportunities);
  const { data } = useQuery(facetsQuery({}));
  const websites = data?.website ?? [];
  const [only] = websites;
  if (websites.length !== 1 || !only || !isLocal(only.name)) return null;
  return (
    <div className="bg-accent-soft text-accent-strong flex flex-wrap items-center gap-3 rounded-lg px-4 py-2.5 text-sm">
      <p className="min-w-56 flex-1">{t("sample.what")}</p>
      <ButtonLink isSmall href="/websites/">
        {t("empty.add")}
      </ButtonLink>
    </div>
  );
}

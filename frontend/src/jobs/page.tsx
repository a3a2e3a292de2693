"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import { changeAddress, OnceHere, useParameters } from "@/ui/address";
import { Button, ButtonLink } from "@/ui/button";
import { classes } from "@/ui/classes";
import { InfiniteList } from "@/ui/infinite-list";
import { Page } from "@/ui/page";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/states";
import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import { readAsked, type Asked } from "./asked";
import { JobFilters } from "./filters";
import { useJobNews } from "./live";
import { LiveMark } from "./live-mark";
import { jobsQuery, MOST_PAGES } from "./queries";
import { JobRow } from "./row";

/** What was done, is done and waits, as it goes on. */
export function JobsPage() {
  const t = useT(jobs);
  return (
    <Page title={t("nav.jobs")} about={t("jobs.about")}>
      <OnceHere fallback={<SkeletonRows />}>
        <Jobs />
      </OnceHere>
    </Page>
  );
}

function Jobs() {
  const t = useT(jobs);
  const parameters = useParameters();
  const asked = readAsked(parameters);
  const from = parameters.get("from");
  const isHeard = useJobNews(asked);
  const list = useInfiniteQuery({ ...jobsQuery(asked, from), placeholderData: keepPreviousData });
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  const pages = list.data?.pages ?? [];
  const shown = pages.flatMap((page) => page.items);
  const total = pages[0]?.total;
  const next = pages[pages.length - 1]?.next ?? null;
  return (
    <div className="grid gap-3">
      <JobFilters asked={asked} />
      <div className="flex min-h-7 items-center gap-3">
        <p role="status" className="text-muted numbers text-sm">
          {total && t(total.is_exact ? "jobs.count" : "jobs.count_about", { count: total.count })}
        </p>
        <LiveMark isHeard={isHeard} />
        {from && (
          <Button look="quiet" isSmall onClick={() => changeAddress({ from: null }, "push")}>
            {t("jobs.newest")}
          </Button>
        )}
      </div>
      {list.error && (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} isRetrying={list.isFetching} />
      )}
      {!list.data && !list.error && <SkeletonRows />}
      {list.data && shown.length === 0 && !list.error && <NoJobs asked={asked} />}
      {shown.length > 0 && (
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
            aria-label={t("nav.jobs")}
            aria-busy={list.isPlaceholderData || undefined}
            className={classes("card overflow-hidden", list.isPlaceholderData && "opacity-60")}
          >
            {shown.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
        </InfiniteList>
      )}
    </div>
  );
}

function NoJobs({ asked }: { asked: Asked }) {
  const t = useT(jobs);
  if (asked.status || asked.trigger || asked.website) {
    return (
      <EmptyState
        title={t("jobs.none_filtered")}
        actions={
          <Button onClick={() => changeAddress({ status: null, trigger: null, website: null, from: null })}>
            {t("jobs.show_all")}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={t("jobs.none")}
      actions={
        <ButtonLink look="primary" href="/websites/">
          {t("jobs.to_websites")}
        </ButtonLink>
      }
    >
      {t("jobs.none_what")}
    </EmptyState>
  );
}

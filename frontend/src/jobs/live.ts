import { useQueryClient, type InfiniteData, type QueryKey } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import type { Schemas } from "@/api/client";
import { POLL_MILLISECONDS } from "@/api/queries";
import { useStream } from "@/ui/stream";

import { hasEnded, isWanted, type Asked, type Job, type Status } from "./asked";

type Pages = InfiniteData<Schemas["ScrapeJobPage"], string | null>;

/**
 * Keep what is shown of jobs as it is, by the news that the server sends; tell whether one hears them. Rows
 * change where they stand. For jobs that are not in the list yet it is asked for again, and websites are when a
 * job of theirs ended: neither more often than every ten seconds.
 */
export function useJobNews(asked: Asked): boolean {
  const queries = useQueryClient();
  const known = useRef(new Map<string, Status>());
  const again = useAskingAgain();

  // What comes first is how things stand; whatever was not heard of before came into being since.
  const isBegun = useRef(false);

  function take(told: unknown): void {
    const jobs = told as readonly Job[];
    for (const job of jobs) takeOne(job);
    isBegun.current = true;
  }

  function takeOne(job: Job): void {
    const before = known.current.get(job.id);
    known.current.set(job.id, job.status);
    const holds = (had: Pages | undefined) => had?.pages.some((page) => page.items.some(({ id }) => id === job.id));
    const isShown = queries.getQueriesData<Pages>({ queryKey: ["jobs", "list"] }).some(([, had]) => holds(had));
    queries.setQueriesData<Pages>({ queryKey: ["jobs", "list"] }, (had) => {
      if (!had || !holds(had)) return had;
      const pages = had.pages.map((page) => ({
        ...page,
        items: page.items.map((each) => (each.id === job.id ? job : each)),
      }));
      return { ...had, pages };
    });
    queries.setQueryData(["jobs", "one", job.id], (had: Job | undefined) => (had ? job : had));
    const isNews = before === undefined ? isBegun.current : before !== job.status;
    if (!isShown && isWanted(job, asked) && (isNews || !hasEnded(job))) again(["jobs", "list"]);
    if (!isNews) return;
    again(hasEnded(job) ? ["websites"] : ["websites", "activity"]);
  }

  return useStream("/api/scrape-jobs/events", { jobs: take }, () => {
    // What happened while nothing was heard is asked for.
    if (!isBegun.current) return;
    again(["jobs", "list"]);
    again(["websites"]);
  });
}

/** Return what has queries asked for again: at once where that was not done of late, else when it may be. */
function useAskingAgain(): (key: QueryKey) => void {
  const queries = useQueryClient();
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const askedAt = useRef(new Map<string, number>());
  useEffect(() => {
    const waiting = timers.current;
    return () => waiting.forEach((timer) => clearTimeout(timer));
  }, []);

  return (key) => {
    const name = key.join(" ");
    clearTimeout(timers.current.get(name));
    const wait = Math.max(0, (askedAt.current.get(name) ?? 0) + POLL_MILLISECONDS - Date.now());
    const timer = setTimeout(() => {
      askedAt.current.set(name, Date.now());
      void queries.invalidateQueries({ queryKey: key });
    }, wait);
    timers.current.set(name, timer);
  };
}

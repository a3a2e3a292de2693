import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { Schemas } from "@/api/client";
import { useStream } from "@/ui/stream";

import { hasEnded, type Job } from "../asked";
import { jobQuery, logQuery } from "../queries";

export type Line = Schemas["LogLine"];

/** One job and the lines of its log: those that were there, and while it goes on those that come. */
export function useFollowedJob(id: string) {
  const queries = useQueryClient();
  const job = useQuery(jobQuery(id));
  const log = useInfiniteQuery(logQuery(id));
  const [come, setCome] = useState<readonly Line[]>([]);

  const read = log.data?.pages.flatMap((page) => page.items) ?? [];
  const last = read[read.length - 1]?.number ?? 0;
  const goesOn = job.data !== undefined && !hasEnded(job.data);
  const isReadToEnd = log.data !== undefined && !log.hasNextPage;

  // Who follows wants the newest line; of a log that is only read, the pages come when asked for.
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = log;
  useEffect(() => {
    if (goesOn && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [goesOn, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const address = goesOn && isReadToEnd ? `/api/scrape-jobs/${id}/events?after=${last}` : null;
  const isHeard = useStream(address, {
    // After a break, lines are told again from the same place on.
    line: (told) =>
      setCome((before) => {
        const line = told as Line;
        return line.number > (before[before.length - 1]?.number ?? last) ? [...before, line] : before;
      }),
    job: (told) => {
      queries.setQueryData(["jobs", "one", id], told);
      if (hasEnded(told as Job)) {
        void queries.invalidateQueries({ queryKey: ["jobs", "list"] });
        void queries.invalidateQueries({ queryKey: ["websites"] });
      }
    },
  });
  return { job, log, lines: [...read, ...come.filter((line) => line.number > last)], isHeard, goesOn };
}

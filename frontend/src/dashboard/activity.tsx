import { useQuery } from "@tanstack/react-query";
import Link from "next/link";

import type { Schemas } from "@/api/client";
import { Badge } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { ErrorState, SkeletonRows } from "@/ui/states";
import { DateText } from "@/ui/values";
import { dashboard } from "@/words/en/dashboard";
import { useT } from "@/words/provider";

import { Nothing } from "./call-list";
import { activityQuery } from "./queries";

type Job = Schemas["ScrapeJob"];

const STATES = {
  pending: { name: "dashboard.job_pending", tone: "neutral" },
  running: { name: "dashboard.job_running", tone: "accent" },
  completed: { name: "dashboard.job_completed", tone: "good" },
  failed: { name: "dashboard.job_failed", tone: "bad" },
  cancelled: { name: "dashboard.job_cancelled", tone: "neutral" },
} as const;

/** The last jobs: which website, how it went, what it brought. */
export function Activity() {
  const t = useT(dashboard);
  const jobs = useQuery(activityQuery);
  return (
    <Card
      title={t("dashboard.activity")}
      actions={
        <ButtonLink look="quiet" isSmall href="/jobs/">
          {t("dashboard.all")}
          <span className="sr-only">: {t("dashboard.activity")}</span>
        </ButtonLink>
      }
    >
      {jobs.data ? (
        jobs.data.items.length > 0 ? (
          <ul>
            {jobs.data.items.map((job) => (
              <Line key={job.id} job={job} />
            ))}
          </ul>
        ) : (
          <Nothing>{t("dashboard.activity_none")}</Nothing>
        )
      ) : (
        <div className="px-4 pb-4">
          {jobs.error ? (
            <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} isRetrying={jobs.isFetching} />
          ) : (
            <SkeletonRows count={4} className="h-10.5" />
          )}
        </div>
      )}
    </Card>
  );
}

function Line({ job }: { job: Job }) {
  const t = useT(dashboard);
  const state = STATES[job.status];
  return (
    <li className="border-line hover:bg-hover relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-t px-4 py-1.5 text-sm">
      <Link
        href={`/job/?id=${job.id}`}
        prefetch={false}
        title={job.url}
        className="truncate font-medium after:absolute after:inset-0 hover:underline"
      >
        {job.website_name}
      </Link>
      <span className="justify-self-end">
        <Badge tone={state.tone}>{t(state.name)}</Badge>
      </span>
      <span className="text-muted truncate text-xs" title={job.error_message ?? undefined}>
        {job.error_message ??
          (job.status === "completed" &&
            t("dashboard.job_counts", { found: job.found, new: job.new, changed: job.changed }))}
      </span>
      <span className="text-muted justify-self-end text-xs">
        <DateText at={job.finished_at ?? job.started_at ?? job.asked_at} />
      </span>
    </li>
  );
}

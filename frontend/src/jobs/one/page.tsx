import { CircleAlert } from "lucide-react";
import Link from "next/link";

import { OnceHere, useAddressId } from "@/ui/address";
import { ButtonLink } from "@/ui/button";
import { Page } from "@/ui/page";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/states";
import { Told } from "@/ui/told";
import { DateText } from "@/ui/values";
import { Problem } from "@/api/problem";
import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import { JobActions } from "../actions";
import { Counts } from "../counts";
import { Progress } from "../progress";
import { StatusBadge } from "../status-badge";
import { Figures } from "./figures";
import { useFollowedJob } from "./following";
import { Log } from "./log";
import { Skipped } from "./skipped";

/** One job: what it came to, what was skipped and why, and its log, which goes on while it runs. */
export function JobPage() {
  return (
    <OnceHere fallback={<SkeletonRows />}>
      <OfAddress />
    </OnceHere>
  );
}

function OfAddress() {
  const id = useAddressId();
  return id ? <Job key={id} id={id} /> : <Missing />;
}

function Missing() {
  const t = useT(jobs);
  return (
    <Page title={t("nav.jobs")}>
      <EmptyState title={t("job.missing")} actions={<ButtonLink href="/jobs/">{t("job.to_list")}</ButtonLink>}>
        {t("job.missing_what")}
      </EmptyState>
    </Page>
  );
}

function Job({ id }: { id: string }) {
  const t = useT(jobs);
  const { job, log, lines, isHeard, goesOn } = useFollowedJob(id);
  if (job.error instanceof Problem && (job.error.status === 404 || job.error.status === 422)) return <Missing />;
  if (!job.data) {
    return (
      <Page title={t("nav.jobs")}>
        {job.error ? (
          <ErrorState error={job.error} onRetry={() => void job.refetch()} isRetrying={job.isFetching} />
        ) : (
          <SkeletonRows />
        )}
      </Page>
    );
  }
  const it = job.data;
  return (
    <Page
      title={t("job.title", { name: it.website_name })}
      about={
        <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
          <span role="status">
            <StatusBadge status={it.status} />
          </span>
          <Link prefetch={false} href={`/website/?id=${it.website_id}`} className="truncate underline">
            {it.url}
          </Link>
          <span>{t(`trigger.${it.trigger}`)}</span>
          {it.attempt > 1 && <span>{t("job.attempt", { count: it.attempt })}</span>}
        </span>
      }
      actions={<JobActions job={it} />}
    >
      {it.error_message && it.status !== "completed" && (
        <p
          role="alert"
          className={
            it.status === "failed"
              ? "bg-bad-soft text-bad flex items-start gap-2 rounded-lg px-4 py-3 text-sm"
              : "bg-warn-soft text-warn flex items-start gap-2 rounded-lg px-4 py-3 text-sm"
          }
        >
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            <Told>{it.error_message}</Told>{" "}
            {it.next_attempt_at && (
              <>
                {t("job.next_attempt")} <DateText at={it.next_attempt_at} />.
              </>
            )}
          </span>
        </p>
      )}
      {it.status === "running" && <Progress job={it} />}
      {it.status === "pending" && !it.next_attempt_at && <p className="text-muted text-sm">{t("job.waits_what")}</p>}
      {it.status === "completed" && (
        <div className="text-sm">
          <Counts job={it} />
        </div>
      )}
      <Figures job={it} />
      <Skipped job={it} lines={lines} />
      {log.error && (
        <ErrorState error={log.error} onRetry={() => void log.refetch()} isRetrying={log.isFetching} />
      )}
      {log.data ? (
        <Log
          lines={lines}
          goesOn={goesOn}
          isHeard={isHeard}
          hasMore={log.hasNextPage}
          isFetching={log.isFetchingNextPage}
          onMore={() => void log.fetchNextPage()}
        />
      ) : (
        !log.error && <SkeletonRows count={6} className="h-6" />
      )}
    </Page>
  );
}

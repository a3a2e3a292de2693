import Link from "next/link";

import { classes } from "@/ui/classes";
import { DateText } from "@/ui/values";
import { Told } from "@/ui/told";
import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import { JobActions } from "./actions";
import { hasEnded, type Job } from "./asked";
import { Counts } from "./counts";
import { Duration } from "./duration";
import { Progress } from "./progress";
import { StatusBadge } from "./status-badge";

/** One job in a list. `isAlone`: the list is of one website, which need not be named again. */
export function JobRow({ job, isAlone = false }: { job: Job; isAlone?: boolean }) {
  const t = useT(jobs);
  const address = `/job/?id=${job.id}`;
  const wide = isAlone ? "col-span-2 md:col-span-1" : "col-span-2 lg:col-span-1";
  return (
    <li
      className={classes(
        "border-line hover:bg-hover grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 border-b px-3 py-2.5 last:border-0",
        isAlone
          ? "md:grid-cols-[6.5rem_11rem_minmax(0,1fr)_auto]"
          : "lg:grid-cols-[7rem_minmax(0,1.4fr)_minmax(0,1.6fr)_9rem_6.5rem]",
      )}
    >
      <div className={classes("flex items-center gap-2", wide)}>
        <StatusBadge status={job.status} />
        {job.is_held && <span className="text-warn text-xs lg:hidden">{t("job.held_short")}</span>}
      </div>
      <div className={classes("min-w-0", wide)}>
        <Link prefetch={false} href={address} className="block truncate text-sm font-medium hover:underline">
          {isAlone ? <DateText at={job.asked_at} isRelative={false} /> : job.website_name}
        </Link>
        <p className="text-muted truncate text-xs">
          {isAlone ? (
            <>
              {t(`trigger.${job.trigger}`)} <Took job={job} />
            </>
          ) : (
            job.url.replace(/^https?:\/\//, "")
          )}
        </p>
      </div>
      <div className={classes("min-w-0 text-sm", wide)}>
        {job.status === "running" ? (
          <Progress job={job} />
        ) : job.error_message && job.status !== "completed" ? (
          <p className={job.status === "failed" ? "text-bad line-clamp-2" : "text-muted line-clamp-2"}>
            <Told>{job.error_message}</Told>
          </p>
        ) : hasEnded(job) ? (
          <Counts job={job} />
        ) : null}
        {job.next_attempt_at && (
          <p className="text-muted text-xs">
            {t("job.next_attempt")} <DateText at={job.next_attempt_at} />
          </p>
        )}
        {job.status === "pending" && !job.next_attempt_at && <p className="text-muted">{t("job.waits")}</p>}
        {job.is_held && <p className="text-warn line-clamp-2 text-xs">{t("job.held")}</p>}
      </div>
      {!isAlone && (
        <div className="text-muted flex flex-wrap gap-x-3 text-xs lg:block">
          <p>
            <DateText at={job.started_at ?? job.asked_at} /> <Took job={job} />
          </p>
          <p>{t(`trigger.${job.trigger}`)}</p>
        </div>
      )}
      <div className="flex flex-wrap justify-end gap-1.5 empty:hidden">
        <JobActions job={job} isSmall />
      </div>
    </li>
  );
}

function Took({ job }: { job: Job }) {
  if (!job.started_at) return null;
  return (
    <>
      · <Duration from={job.started_at} to={job.finished_at ?? (hasEnded(job) ? job.started_at : null)} />
    </>
  );
}

import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import type { Job } from "./asked";

/** How far a job that runs has come, measured by what its website listed last time. */
export function Progress({ job }: { job: Job }) {
  const t = useT(jobs);
  const met = job.found_so_far ?? 0;
  const usual = job.found_last_time ?? 0;
  const text = usual > 0 ? t("job.progress_of", { count: met, usual }) : t("job.progress", { count: met });
  return (
    <div className="grid gap-1">
      <div
        role="progressbar"
        aria-label={t("job.progress_label")}
        aria-valuetext={text}
        {...(usual > 0 ? { "aria-valuemin": 0, "aria-valuemax": usual, "aria-valuenow": Math.min(met, usual) } : {})}
        className="bg-sunken h-1.5 w-full max-w-72 overflow-hidden rounded-full"
      >
        {usual > 0 ? (
          <div
            className="bg-accent h-full min-w-1 rounded-full transition-[width]"
            style={{ width: `${Math.min(100, (100 * met) / usual)}%` }}
          />
        ) : (
          <div className="bg-accent h-full w-1/3 animate-pulse rounded-full" />
        )}
      </div>
      <p className="text-muted numbers text-xs">{text}</p>
    </div>
  );
}

import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import type { Job } from "./asked";

/** What a job came to, in a line: what it found, and of it what is new, changed or gone. */
export function Counts({ job }: { job: Pick<Job, "found" | "new" | "changed" | "no_longer_listed"> }) {
  const t = useT(jobs);
  const parts = [
    job.new > 0 && t("job.count_new", { count: job.new }),
    job.changed > 0 && t("job.count_changed", { count: job.changed }),
    job.no_longer_listed > 0 && t("job.count_gone", { count: job.no_longer_listed }),
  ].filter((part) => part !== false);
  return (
    <p className="numbers">
      {t("job.count_found", { count: job.found })}
      <span className="text-muted">{parts.length > 0 ? ` · ${parts.join(" · ")}` : ` · ${t("job.count_same")}`}</span>
    </p>
  );
}

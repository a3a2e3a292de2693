import { classes } from "@/ui/classes";
import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

/** Says whether what is shown goes on by itself. */
export function LiveMark({ isHeard }: { isHeard: boolean }) {
  const t = useT(jobs);
  return (
    <p className="text-muted inline-flex items-center gap-1.5 text-xs">
      <span aria-hidden className={classes("size-2 rounded-full", isHeard ? "bg-good" : "bg-edge")} />
      {t(isHeard ? "jobs.live" : "jobs.not_live")}
    </p>
  );
}

import { classes } from "@/ui/classes";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import type { Activity } from "./asked";

type Past = Activity["jobs"][number];

const PLACES = 20;
const HEIGHT = 24;
const STEP = 5;

/** Return how many of the visits that ended by themselves went well, from 0 to 1; null: none did end. */
export function successShare(jobs: readonly Past[]): number | null {
  const ended = jobs.filter((job) => job.status === "completed" || job.status === "failed");
  return ended.length === 0 ? null : ended.filter((job) => job.status === "completed").length / ended.length;
}

/** The last visits, one bar each: as high as calls were found; one that failed is a cross. */
export function Sparkline({ jobs, className }: { jobs: readonly Past[]; className?: string }) {
  const t = useT(websites);
  const most = Math.max(1, ...jobs.map((job) => job.found));
  const failed = jobs.filter((job) => job.status === "failed").length;
  return (
    <svg
      role="img"
      aria-label={t("websites.visits_told", { count: jobs.length, failed })}
      viewBox={`0 0 ${PLACES * STEP} ${HEIGHT}`}
      className={classes("h-6 w-25 shrink-0", className)}
    >
      <line x1="0" y1={HEIGHT - 0.5} x2={PLACES * STEP} y2={HEIGHT - 0.5} className="stroke-line" />
      {jobs.slice(-PLACES).map((job, index, shown) => {
        const x = (PLACES - shown.length + index) * STEP;
        if (job.status === "failed") {
          return (
            <path
              key={job.id}
              d={`M${x + 0.25} ${HEIGHT - 6.5} l3.5 3.5 m0 -3.5 l-3.5 3.5`}
              className="stroke-bad fill-none"
              strokeWidth="1.5"
              strokeLinecap="round"
            />
          );
        }
        const height = Math.max(2, ((HEIGHT - 2) * job.found) / most);
        const look = job.status !== "completed" ? "fill-edge" : job.is_held ? "fill-warn" : "fill-good";
        return <rect key={job.id} x={x} y={HEIGHT - height} width="3.5" height={height} rx="0.75" className={look} />;
      })}
    </svg>
  );
}

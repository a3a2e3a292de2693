import { TriangleAlert } from "lucide-react";

import { Told } from "@/ui/told";
import { jobs } from "@/words/en/jobs";
import { useT } from "@/words/provider";

import type { Job } from "../asked";
import type { Line } from "./following";

const MOST_SHOWN = 20;

/** What a job could not do and what it did not believe, and why. */
export function Skipped({ job, lines }: { job: Job; lines: readonly Line[] }) {
  const t = useT(jobs);
  const problems = lines.filter((line) => line.is_problem && line.text !== job.error_message);
  if (problems.length === 0 && job.deviations.length === 0 && !job.is_held) return null;
  return (
    <section aria-labelledby="skipped" className="card grid gap-2 px-4 py-3">
      <h2 id="skipped" className="flex items-center gap-2 text-sm font-semibold">
        <TriangleAlert aria-hidden className="text-warn size-4" />
        {t("job.skipped")}
      </h2>
      {job.is_held && (
        <p className="text-sm">
          {t("job.held_why")} {job.held_calls > 0 && t("job.held_calls", { count: job.held_calls })}
        </p>
      )}
      {job.deviations.length > 0 && (
        <ul className="list-disc pl-5 text-sm">
          {job.deviations.map((sentence) => (
            <li key={sentence}>
              <Told>{sentence}</Told>
            </li>
          ))}
        </ul>
      )}
      {problems.length > 0 && (
        <ul className="divide-line divide-y text-sm">
          {problems.slice(0, MOST_SHOWN).map((line) => (
            <li key={line.number} className="min-w-0 py-1.5">
              <Told>{line.text}</Told>
              {line.url && (
                <a
                  href={line.url}
                  target="_blank"
                  rel="noreferrer"
                  className="text-muted hover:text-ink block truncate text-xs underline"
                >
                  {line.url}
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
      {problems.length > MOST_SHOWN && (
        <p className="text-muted text-xs">{t("job.skipped_more", { count: problems.length - MOST_SHOWN })}</p>
      )}
    </section>
  );
}

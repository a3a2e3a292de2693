import type { ReactNode } from "react";

import { bytesText } from "@/ui/bytes";
import { numberFormat } from "@/ui/formats";
import { DateText } from "@/ui/values";
import { jobs } from "@/words/en/jobs";
import { useLocale, useT } from "@/words/provider";

import { hasEnded, type Job } from "../asked";
import { Duration } from "../duration";

/** What a job came to and what it cost. */
export function Figures({ job }: { job: Job }) {
  const t = useT(jobs);
  const locale = useLocale();
  const numbers = numberFormat(locale);
  // Most of it is counted at the end of an attempt; until then nobody knows, and none is not the same.
  const isCounted = hasEnded(job) || job.requests > 0;
  const known = (text: string) => (isCounted ? text : "–");
  return (
    <div className="card overflow-hidden">
      <dl className="bg-line grid grid-cols-2 gap-px sm:grid-cols-3 lg:grid-cols-5">
        <Figure name={t("figure.found")} isLarge>
          {numbers.format(hasEnded(job) ? job.found : (job.found_so_far ?? 0))}
        </Figure>
        <Figure name={t("figure.new")} isLarge>
          {known(numbers.format(job.new))}
        </Figure>
        <Figure name={t("figure.changed")} isLarge>
          {known(numbers.format(job.changed))}
        </Figure>
        <Figure name={t("figure.unchanged")} isLarge>
          {known(numbers.format(job.unchanged))}
        </Figure>
        <Figure name={t("figure.gone")} isLarge>
          {known(numbers.format(job.no_longer_listed))}
        </Figure>
        <Figure name={t("figure.asked")}>
          <DateText at={job.asked_at} isRelative={false} />
        </Figure>
        <Figure name={t("figure.took")}>
          {job.started_at ? (
            <Duration from={job.started_at} to={job.finished_at ?? (hasEnded(job) ? job.started_at : null)} />
          ) : (
            t("figure.not_begun")
          )}
        </Figure>
        <Figure name={t("figure.requests")}>
          {known(t("figure.requests_of", { count: job.requests, same: job.not_modified }))}
        </Figure>
        <Figure name={t("figure.bytes")}>
          {known(
            job.bytes_saved > 0
              ? t("figure.bytes_saved", {
                  received: bytesText(job.bytes_received, locale),
                  saved: bytesText(job.bytes_saved, locale),
                })
              : bytesText(job.bytes_received, locale),
          )}
        </Figure>
        <Figure name={t("figure.pages")}>
          {known(t("figure.pages_of", { count: job.pages_asked, failed: job.pages_failed }))}
        </Figure>
      </dl>
    </div>
  );
}

function Figure({ name, isLarge = false, children }: { name: string; isLarge?: boolean; children: ReactNode }) {
  return (
    <div className="bg-surface px-3 py-2 sm:last:col-span-3 lg:last:col-span-1">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className={isLarge ? "numbers text-lg font-semibold" : "numbers text-sm"}>{children}</dd>
    </div>
  );
}

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";

import { jobsQuery } from "@/jobs/queries";
import { JobRow } from "@/jobs/row";
import { numberFormat } from "@/ui/formats";
import { ErrorState, SkeletonRows } from "@/ui/states";
import { websites } from "@/words/en/websites";
import { useLocale, useT } from "@/words/provider";

import type { Website } from "../asked";
import { activityQuery } from "../queries";
import { Sparkline, successShare } from "../sparkline";
import { Section } from "./section";

const SHOWN = 10;

/** The last visits of a website: how they went, one by one. */
export function Visits({ website }: { website: Website }) {
  const t = useT(websites);
  const locale = useLocale();
  const jobs = useInfiniteQuery(jobsQuery({ website: website.id }, null));
  const { data } = useQuery(activityQuery([website.id]));
  const past = data?.[0]?.jobs ?? [];
  const share = successShare(past);
  const shown = jobs.data?.pages[0]?.items.slice(0, SHOWN) ?? [];
  return (
    <Section
      title={t("website.visits")}
      aside={
        <Link prefetch={false} href={`/jobs/?website=${website.id}`} className="text-accent text-xs underline">
          {t("website.all_visits")}
        </Link>
      }
    >
      {share !== null && (
        <div className="flex flex-wrap items-center gap-3">
          <Sparkline jobs={past} className="h-10 w-42" />
          <p className="text-muted text-sm">
            {t("websites.success", {
              share: numberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share),
            })}
          </p>
        </div>
      )}
      {jobs.error && (
        <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} isRetrying={jobs.isFetching} />
      )}
      {!jobs.data && !jobs.error && <SkeletonRows count={4} className="h-10" />}
      {jobs.data && shown.length === 0 && <p className="text-muted text-sm">{t("website.no_visits")}</p>}
      {shown.length > 0 && (
        <ul aria-label={t("website.visits")} className="border-line -mx-4 -mb-3 border-t">
          {shown.map((job) => (
            <JobRow key={job.id} job={job} isAlone />
          ))}
        </ul>
      )}
    </Section>
  );
}

import { useQuery } from "@tanstack/react-query";

import type { Schemas } from "@/api/client";
import { Card } from "@/ui/card";
import { ColumnChart } from "@/ui/column-chart";
import { dateFormat } from "@/ui/formats";
import { useNow } from "@/ui/now";
import { ErrorState, Skeleton } from "@/ui/states";
import { dashboard } from "@/words/en/dashboard";
import { useLocale, useT } from "@/words/provider";

import { BySource } from "./by-source";
import { Nothing } from "./call-list";
import { openFacetsQuery } from "./queries";
import { monthsFrom, weeksOf } from "./weeks";

const MOST_MONTHS = 12;

export default function Charts({ stats }: { stats: Schemas["Stats"] }) {
  const t = useT(dashboard);
  const facets = useQuery(openFacetsQuery);
  const waiting = facets.error ? (
    <div className="px-4 pb-4">
      <ErrorState error={facets.error} onRetry={() => void facets.refetch()} isRetrying={facets.isFetching} />
    </div>
  ) : (
    <div className="px-4 pb-4">
      <Skeleton className="h-52" />
    </div>
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-2 xl:grid-cols-3">
      <Card title={t("charts.weeks")} about={t("charts.weeks_what")}>
        <Weeks days={stats.totals.days} />
      </Card>
      <Card title={t("charts.months")} about={t("charts.open_only")}>
        {facets.data ? <Months counts={facets.data.closing_month} /> : waiting}
      </Card>
      <Card title={t("charts.sources")} about={t("charts.open_only")} className="md:col-span-2 xl:col-span-1">
        {facets.data ? <BySource websites={facets.data.website} /> : waiting}
      </Card>
    </div>
  );
}

function Weeks({ days }: { days: Schemas["Stats"]["totals"]["days"] }) {
  const t = useT(dashboard);
  const locale = useLocale();
  const short = dateFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const full = dateFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <ColumnChart
      caption={t("charts.weeks")}
      nameOfColumns={t("charts.week")}
      nameOfCounts={t("nav.opportunities")}
      columns={weeksOf(days).map(({ monday, count }) => ({
        key: monday,
        name: short.format(new Date(monday)),
        fullName: t("charts.week_of", { day: full.format(new Date(monday)) }),
        count,
      }))}
    />
  );
}

function Months({ counts }: { counts: readonly Schemas["FacetValue"][] }) {
  const t = useT(dashboard);
  const locale = useLocale();
  const now = useNow();
  const months = monthsFrom(now.toISOString().slice(0, 7), counts, MOST_MONTHS);
  const short = dateFormat(locale, { month: "short", timeZone: "UTC" });
  const full = dateFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  if (counts.length === 0) return <Nothing>{t("charts.no_deadlines")}</Nothing>;
  return (
    <ColumnChart
      caption={t("charts.months")}
      nameOfColumns={t("charts.month")}
      nameOfCounts={t("nav.opportunities")}
      columns={months.map(({ month, count }) => ({
        key: month,
        name: short.format(new Date(`${month}-01`)),
        fullName: full.format(new Date(`${month}-01`)),
        count,
      }))}
    />
  );
}

import { useQuery } from "@tanstack/react-query";

import { useMay } from "@/api/session";
import { ButtonLink } from "@/ui/button";
import { Page } from "@/ui/page";
import { EmptyState, ErrorState } from "@/ui/states";
import { dashboard } from "@/words/en/dashboard";
import { useT } from "@/words/provider";

import { Activity } from "./activity";
import { Attention } from "./attention";
import { ChartsWhenSeen } from "./charts-when-seen";
import { ClosingSoon } from "./closing-soon";
import { NewThisWeek } from "./new-this-week";
import { statsQuery } from "./queries";
import { SystemStatus } from "./system-status";
import { Tiles, TilesToCome } from "./tiles";

const COLUMN = "grid grid-cols-[minmax(0,1fr)] gap-4";

/** How everything is going, in one look. */
export function DashboardPage() {
  const t = useT(dashboard);
  const stats = useQuery(statsQuery);
  return (
    <Page title={t("nav.dashboard")} about={t("dashboard.what")}>
      {stats.data ? (
        isEmpty(stats.data.totals.websites) ? (
          <NothingWatched />
        ) : (
          <Tiles stats={stats.data} />
        )
      ) : stats.error ? (
        <ErrorState error={stats.error} onRetry={() => void stats.refetch()} isRetrying={stats.isFetching} />
      ) : (
        <TilesToCome />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 md:grid-cols-2 md:grid-rows-[auto_1fr] xl:grid-cols-3 xl:grid-rows-1">
        <div className={COLUMN}>
          <Attention stats={stats.data} />
          <ClosingSoon stats={stats.data} />
        </div>
        <div className="md:col-start-2 md:row-span-2 md:row-start-1 xl:row-span-1">
          <NewThisWeek />
        </div>
        <div className={`${COLUMN} md:col-start-1 md:row-start-2 xl:col-start-3 xl:row-start-1`}>
          <SystemStatus />
          <Activity />
        </div>
      </div>
      <ChartsWhenSeen stats={stats.data} />
    </Page>
  );
}

function isEmpty(websites: Readonly<Record<string, number>>): boolean {
  return Object.values(websites).every((count) => count === 0);
}

function NothingWatched() {
  const t = useT(dashboard);
  const may = useMay("editor");
  return (
    <EmptyState
      title={t("dashboard.no_websites")}
      actions={
        may && (
          <ButtonLink look="primary" href="/websites/">
            {t("dashboard.add_websites")}
          </ButtonLink>
        )
      }
    >
      {t(may ? "dashboard.no_websites_what" : "dashboard.no_websites_viewer")}
    </EmptyState>
  );
}

import Link from "next/link";

import type { Schemas } from "@/api/client";
import { classes } from "@/ui/classes";
import { numberFormat } from "@/ui/formats";
import { Skeleton } from "@/ui/states";
import { dashboard } from "@/words/en/dashboard";
import { useLocale, useT } from "@/words/provider";

import { countOfLast } from "./weeks";

const GRID = "grid grid-cols-2 gap-3 md:grid-cols-5";
const PLACE = "min-w-0 max-md:last:col-span-2";

interface Tile {
  name: string;
  count: number;
  /** What stands below it. */
  more: string;
  href: string;
  isUrgent?: boolean;
}

/** The figures that matter most, each of which leads to what it counts. */
export function Tiles({ stats }: { stats: Schemas["Stats"] }) {
  const t = useT(dashboard);
  const locale = useLocale();
  const { opportunities, closing, websites, scrape_jobs: jobs, days } = stats.totals;
  const watched = websites.green + websites.amber + websites.red + websites.unvisited;
  const inNeed = websites.amber + websites.red;
  const tiles: readonly Tile[] = [
    {
      name: t("dashboard.open"),
      count: opportunities.open,
      more: t("dashboard.forthcoming", { count: opportunities.forthcoming }),
      href: "/?status=open",
    },
    {
      name: t("dashboard.closing_7"),
      count: closing.within_7_days,
      more: t("dashboard.closing_30", { count: closing.within_30_days }),
      href: "/?closing_within_days=7",
    },
    {
      name: t("dashboard.new_7"),
      count: countOfLast(days, 7),
      more: t("dashboard.new_30", { count: countOfLast(days, 30) }),
      href: "/?posted_within_days=7&sort=newest",
    },
    {
      name: t("dashboard.in_need"),
      count: inNeed,
      more: t("dashboard.watched", { count: watched }),
      href: "/websites/",
      isUrgent: inNeed > 0,
    },
    {
      name: t("dashboard.running"),
      count: jobs.running,
      more: t("dashboard.pending", { count: jobs.pending }),
      href: "/jobs/",
    },
  ];
  return (
    <ul className={GRID}>
      {tiles.map((tile) => (
        <li key={tile.href} className={PLACE}>
          <Link
            href={tile.href}
            prefetch={false}
            className={classes(
              "card hover:bg-hover grid h-full content-start gap-0.5 px-4 py-3",
              tile.isUrgent && "border-warn",
            )}
          >
            <span className="text-muted text-xs font-medium">{tile.name}</span>
            <span className={classes("numbers text-2xl leading-8 font-semibold", tile.isUrgent && "text-warn")}>
              {numberFormat(locale).format(tile.count)}
            </span>
            <span className="text-muted text-xs">{tile.more}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The places of the figures, until they are there. */
export function TilesToCome() {
  const t = useT();
  return (
    <div role="status" className={GRID}>
      <span className="sr-only">{t("loading")}</span>
      {Array.from({ length: 5 }, (_, index) => (
        <div key={index} className={PLACE}>
          <Skeleton className="h-24.5" />
        </div>
      ))}
    </div>
  );
}

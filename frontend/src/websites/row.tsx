import { Pause, Play, PowerOff, Radar } from "lucide-react";
import Link from "next/link";

import { Badge } from "@/ui/badge";
import { IconButton } from "@/ui/button";
import { classes } from "@/ui/classes";
import { numberFormat } from "@/ui/formats";
import { HealthBadge } from "@/ui/health-badge";
import { Told } from "@/ui/told";
import { DateText } from "@/ui/values";
import { websites } from "@/words/en/websites";
import { useLocale, useT } from "@/words/provider";

import type { Activity, Website } from "./asked";
import { Sparkline, successShare } from "./sparkline";

/** The columns of the list: the choice, the website, how it is doing, its visits, when, how many, what to do. */
export const COLUMNS =
  "lg:grid lg:grid-cols-[1.25rem_minmax(0,1.3fr)_minmax(0,2.2fr)_8rem_9.5rem_4.5rem_4rem] lg:gap-x-4";

interface Props {
  website: Website;
  /** undefined: not known yet. */
  activity: Activity | undefined;
  mayEdit: boolean;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  onScrape: () => void;
  onPause: () => void;
  isBusy: boolean;
}

export function WebsiteRow({ website, activity, mayEdit, isChosen, onChoose, onScrape, onPause, isBusy }: Props) {
  const t = useT(websites);
  const { name } = website;
  return (
    <li
      className={classes(
        "border-line grid grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-3 gap-y-2 border-b px-3 py-2.5 last:border-0 lg:items-start",
        COLUMNS,
        isChosen ? "bg-accent-soft" : "hover:bg-hover",
      )}
    >
      {mayEdit ? (
        <input
          type="checkbox"
          aria-label={t("websites.choose", { name })}
          checked={isChosen}
          onChange={(event) => onChoose(event.target.checked)}
          className="accent-accent mt-0.5 size-4"
        />
      ) : (
        <span />
      )}
      <div className="min-w-0">
        <Link
          prefetch={false}
          href={`/website/?id=${website.id}`}
          className="block truncate text-sm font-medium hover:underline"
        >
          {name}
        </Link>
        <p className="text-muted truncate text-xs">{website.url.replace(/^https?:\/\//, "")}</p>
        <p className="mt-0.5 flex flex-wrap gap-1 empty:hidden">
          {!website.active && (
            <Badge>
              <PowerOff aria-hidden className="size-3" />
              {t("websites.state_inactive")}
            </Badge>
          )}
          {website.active && website.paused && (
            <Badge tone="warn">
              <Pause aria-hidden className="size-3" />
              {t("websites.state_paused")}
            </Badge>
          )}
          {[website.category, website.region, ...website.tags].filter(Boolean).map((word) => (
            <Badge key={word}>{word}</Badge>
          ))}
        </p>
      </div>
      <div className="flex lg:order-last lg:justify-end">
        {mayEdit && (
          <>
            <IconButton label={t("websites.scrape_of", { name })} onClick={onScrape} disabled={isBusy}>
              <Radar aria-hidden className="size-4" />
            </IconButton>
            <IconButton
              label={t(website.paused ? "websites.resume_of" : "websites.pause_of", { name })}
              onClick={onPause}
              disabled={isBusy}
            >
              {website.paused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
            </IconButton>
          </>
        )}
      </div>
      <div className="col-span-2 col-start-2 min-w-0 text-sm lg:col-auto">
        <Condition website={website} />
      </div>
      <div className="col-span-2 col-start-2 flex flex-wrap items-center gap-x-5 gap-y-2 lg:contents">
        <div className="flex items-center gap-3 lg:block">
          <Visits activity={activity} />
        </div>
        <dl className="text-muted flex gap-x-4 text-xs lg:grid lg:gap-y-0.5">
          <div className="flex gap-1">
            <dt>{t("websites.last")}</dt>
            <dd className="text-ink">
              {website.last_scraped_at ? <DateText at={website.last_scraped_at} /> : t("websites.never")}
            </dd>
          </div>
          <div className="flex gap-1">
            <dt>{t("websites.next")}</dt>
            <dd className="text-ink">
              <Next website={website} />
            </dd>
          </div>
        </dl>
        <div className="text-sm lg:text-right">
          <Listed website={website} activity={activity} />
        </div>
      </div>
    </li>
  );
}

function Condition({ website }: { website: Website }) {
  return (
    <div className="grid gap-0.5">
      <span className="flex flex-wrap items-center gap-x-2">
        <HealthBadge health={website.health} />
        {website.health_since && website.health !== "green" && (
          <span className="text-muted text-xs">
            <DateText at={website.health_since} />
          </span>
        )}
      </span>
      {website.health_reason && (
        <p className="line-clamp-3">
          <Told>{website.health_reason}</Told>
        </p>
      )}
      {website.health_advice && (
        <p className="text-muted line-clamp-3 text-xs">
          <Told>{website.health_advice}</Told>
        </p>
      )}
    </div>
  );
}

function Visits({ activity }: { activity: Activity | undefined }) {
  const t = useT(websites);
  const locale = useLocale();
  if (!activity) return <span aria-hidden className="bg-sunken block h-6 w-25 animate-pulse rounded" />;
  if (activity.jobs.length === 0) return <p className="text-muted text-xs">{t("websites.no_visits")}</p>;
  const share = successShare(activity.jobs);
  const isUnderWay = activity.jobs.some((job) => job.status === "running" || job.status === "pending");
  return (
    <>
      <Sparkline jobs={activity.jobs} />
      <p className="text-muted text-xs">
        {isUnderWay
          ? t("websites.under_way")
          : share !== null &&
            t("websites.success", {
              share: numberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share),
            })}
      </p>
    </>
  );
}

/** When a website is visited next, or why it is not. */
export function Next({ website }: { website: Website }) {
  const t = useT(websites);
  if (!website.active) return <>{t("websites.next_inactive")}</>;
  if (website.paused) return <>{t("websites.next_paused")}</>;
  if (!website.next_due_at) return <>{t("websites.next_asked")}</>;
  return <DateText at={website.next_due_at} />;
}

function Listed({ website, activity }: { website: Website; activity: Activity | undefined }) {
  const t = useT(websites);
  const locale = useLocale();
  if (!activity) return null;
  return (
    <Link
      prefetch={false}
      href={`/?website=${website.id}`}
      className="numbers font-medium hover:underline"
      aria-label={t("websites.opportunities_of", { count: activity.listed, name: website.name })}
    >
      <span className="hidden lg:inline">{numberFormat(locale).format(activity.listed)}</span>
      <span className="lg:hidden">{t("websites.listed", { count: activity.listed })}</span>
    </Link>
  );
}

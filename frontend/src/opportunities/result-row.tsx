import { CircleAlert, Layers } from "lucide-react";
import Link from "next/link";
import { memo } from "react";

import { Badge } from "@/ui/badge";
import { classes } from "@/ui/classes";
import { useNow } from "@/ui/now";
import { DateText, Money } from "@/ui/values";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { ClosesBadge, PrintedDeadline } from "./closes";
import { isStale } from "./deadline";
import { hostOf } from "./hosts";
import { MarkButtons } from "./mark-buttons";
import type { Mark } from "./marks";
import type { Row } from "./queries";

interface Props {
  row: Row;
  mark: Mark | null;
  onMark: (change: { id: string; title: string; from: Mark | null; to: Mark | null }) => void;
}

/** One call of the list: what it is, for whom, how much, until when, who says so and how fresh that is. */
export const ResultRow = memo(function ResultRow({ row, mark, onMark }: Props) {
  const t = useT(opportunities);
  return (
    <li
      className={classes(
        "border-line hover:bg-hover focus-within:bg-hover relative grid gap-x-4 gap-y-1 border-b px-4 py-2.5 last:border-0",
        "[contain-intrinsic-size:auto_5rem] [content-visibility:auto]",
        "@xl:grid-cols-[minmax(0,1fr)_11rem] @5xl:grid-cols-[minmax(0,1fr)_10rem_11rem_11rem]",
      )}
    >
      <div className="min-w-0 @xl:row-span-2 @5xl:row-span-1">
        <div className="flex items-start gap-2">
          <h2 className="min-w-0 flex-1 text-base leading-snug font-medium">
            <Link
              href={`/opportunity/?id=${row.id}`}
              prefetch={false}
              data-row={row.id}
              // The whole row leads there; what is selected in it stays selectable.
              className="after:absolute after:inset-0 hover:underline"
            >
              {row.title}
            </Link>
          </h2>
          {mark === "ignored" && <Badge>{t("triage.is_ignored")}</Badge>}
          <MarkButtons
            title={row.title}
            mark={mark}
            // Above the link that the whole row is.
            className="relative z-10 -my-1"
            onMark={(to) => onMark({ id: row.id, title: row.title, from: mark, to })}
          />
        </div>
        <p className="text-muted truncate text-sm">
          {row.organisation ?? t("row.no_organisation")}
          {row.location && ` · ${row.location}`}
        </p>
        <p className="text-muted truncate text-sm">
          {row.eligibility ? (
            <>
              <span className="text-ink">{t("row.who")}</span> {row.eligibility}
            </>
          ) : (
            t("row.who_unknown")
          )}
        </p>
      </div>
      <div className="text-sm @5xl:text-right">
        <Money min={row.amount_min} max={row.amount_max} currency={row.currency} />
        {row.amount_min === null && row.amount_max === null && <span className="text-muted">{t("row.no_amount")}</span>}
      </div>
      <div className="flex flex-wrap items-start gap-x-2 gap-y-0.5 text-sm @xl:flex-col">
        <ClosesBadge call={row} />
        {row.deadline && (
          <span className="text-muted">
            <PrintedDeadline deadline={row.deadline} />
          </span>
        )}
      </div>
      <div className="text-muted flex min-w-0 flex-wrap items-center gap-x-2 text-xs @xl:col-span-2 @5xl:col-span-1 @5xl:flex-col @5xl:items-start @5xl:gap-0.5">
        <span className="flex min-w-0 items-center gap-1">
          <span className="truncate" title={row.website ?? undefined}>
            {row.website ? hostOf(row.website) : t("row.no_website")}
          </span>
          {row.sources > 1 && (
            <span className="inline-flex shrink-0 items-center gap-0.5" title={t("row.sources", { count: row.sources })}>
              <Layers aria-hidden className="size-3" />
              <span aria-hidden>{row.sources}</span>
              <span className="sr-only">{t("row.sources", { count: row.sources })}</span>
            </span>
          )}
        </span>
        <Freshness row={row} />
        {!row.is_listed && <Badge tone="warn">{t("row.unlisted")}</Badge>}
      </div>
    </li>
  );
});

function Freshness({ row }: { row: Row }) {
  const t = useT(opportunities);
  const now = useNow();
  const at = row.verified_at ?? row.last_seen_at;
  if (at === null) return null;
  if (row.status !== "closed" && isStale(row.verified_at, now)) {
    return (
      <span className="text-warn inline-flex items-center gap-1">
        <CircleAlert aria-hidden className="size-3 shrink-0" />
        {t("row.checked")} <DateText at={at} />
      </span>
    );
  }
  return (
    <span>
      {t("row.checked")} <DateText at={at} />
    </span>
  );
}

import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";

import type { Schemas } from "@/api/client";
import { numberFormat } from "@/ui/formats";
import { Told } from "@/ui/told";
import { Day, Money } from "@/ui/values";
import { websites } from "@/words/en/websites";
import { useLocale, useT } from "@/words/provider";

type Preview = Schemas["Preview"];
type Call = Preview["calls"][number];

const KINDS = {
  listing: "preview.listing",
  detail: "preview.detail",
  feed: "preview.feed",
  other: "preview.other",
} as const;

/** What would be read from a website: what its page is, and its first calls with their deadlines. */
export function PreviewView({ preview }: { preview: Preview }) {
  const t = useT(websites);
  const locale = useLocale();
  if (preview.error) {
    return (
      <p role="alert" className="bg-bad-soft text-bad flex items-start gap-2 rounded-lg px-3 py-2.5 text-sm">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          <Told>{preview.error}</Told> {t("preview.error_what")}
        </span>
      </p>
    );
  }
  const hasCalls = preview.calls.length > 0;
  const Icon = hasCalls ? CircleCheck : TriangleAlert;
  const seconds = numberFormat(locale, { maximumFractionDigits: 1 }).format(preview.elapsed_seconds);
  return (
    <div className="grid gap-3">
      <div
        role="status"
        className={
          hasCalls
            ? "bg-good-soft text-good flex items-start gap-2 rounded-lg px-3 py-2.5 text-sm"
            : "bg-warn-soft text-warn flex items-start gap-2 rounded-lg px-3 py-2.5 text-sm"
        }
      >
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <p>
          {preview.kind && t(KINDS[preview.kind])} {preview.next_page && t("preview.goes_on")}{" "}
          {hasCalls ? t("preview.calls", { count: preview.calls.length }) : t("preview.no_calls")}{" "}
          {t("preview.cost", { count: preview.requests, seconds })}
        </p>
      </div>
      {hasCalls && (
        <ol aria-label={t("preview.list")} className="card divide-line divide-y">
          {preview.calls.map((call, index) => (
            <CallRow key={`${call.url}${index}`} call={call} />
          ))}
        </ol>
      )}
      {preview.problems.length > 0 && (
        <details className="text-sm">
          <summary className="text-warn font-medium">
            {t("preview.problems", { count: preview.problems.length })}
          </summary>
          <ul className="text-muted mt-1 list-disc pl-5">
            {preview.problems.map((problem) => (
              <li key={problem}>
                <Told>{problem}</Told>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function CallRow({ call }: { call: Call }) {
  const t = useT(websites);
  const quote = call.evidence["deadline"]?.quote;
  const title = call.title ?? t("preview.no_title");
  return (
    <li className="grid gap-x-4 px-3 py-2 sm:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0">
        {call.url ? (
          <a href={call.url} target="_blank" rel="noreferrer" className="text-sm font-medium hover:underline">
            {title}
            <span className="sr-only"> {t("new_window")}</span>
          </a>
        ) : (
          <span className="text-sm font-medium">{title}</span>
        )}
        <p className="text-muted truncate text-xs">
          {[call.organisation ?? t("row.no_organisation"), call.reference_number, call.location]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <div className="min-w-0 text-sm sm:text-right">
        {call.deadline ? (
          <p className="truncate">
            <span className="text-muted text-xs">{t("field.deadline")} </span>
            <Day day={call.deadline} />
            {call.deadline.includes("T") && ` ${call.deadline.slice(11, 16)}`}
            {call.deadline_timezone && <span className="text-muted text-xs"> {call.deadline_timezone}</span>}
          </p>
        ) : (
          <p className="text-muted">{t("closes.none")}</p>
        )}
        <p className="text-muted truncate text-xs">
          {(call.amount_min ?? call.amount_max) !== null && (
            <span className="text-ink mr-2">
              <Money min={call.amount_min} max={call.amount_max} currency={call.currency} />
            </span>
          )}
          {quote && <q title={quote}>{quote}</q>}
        </p>
      </div>
    </li>
  );
}

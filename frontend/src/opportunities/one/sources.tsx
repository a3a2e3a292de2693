import { ExternalLink } from "lucide-react";

import { Badge } from "@/ui/badge";
import { DateText } from "@/ui/values";
import { Table, type Column } from "@/ui/table";
import { opportunity } from "@/words/en/opportunity";
import { useT } from "@/words/provider";

import { hostOf } from "../hosts";
import type { Whole } from "../queries";
import { FIELD_WORDS, ValueText } from "./value-text";

type Source = Whole["sources"][number];

/** Who tells of a call; where several do and differ, what each of them says, side by side. */
export function Sources({ call }: { call: Whole }) {
  const t = useT(opportunity);
  const differing = differingFields(call.sources);
  return (
    <section className="grid gap-3" aria-labelledby="sources">
      <h2 id="sources" className="text-base font-semibold">
        {t("sources.title")}
      </h2>
      <ul className="grid gap-2">
        {call.sources.map((source) => (
          <li key={source.id} className="card grid gap-1 px-4 py-2.5 text-sm">
            <div className="flex flex-wrap items-center gap-2">
              <a
                href={source.url ?? source.listing_url}
                target="_blank"
                rel="noreferrer"
                className="text-accent inline-flex min-w-0 items-center gap-1 font-medium hover:underline"
              >
                <span className="truncate">{hostOf(source.website)}</span>
                <ExternalLink aria-hidden className="size-3 shrink-0" />
                <span className="sr-only">{t("new_window")}</span>
              </a>
              {source.no_longer_listed_at && <Badge tone="warn">{t("row.unlisted")}</Badge>}
            </div>
            <p className="text-muted text-xs">
              {t("sources.first_seen")} <DateText at={source.first_seen_at} /> · {t("sources.last_seen")}{" "}
              <DateText at={source.last_seen_at} />
              {source.verified_at && (
                <>
                  {" · "}
                  {t("sources.checked")} <DateText at={source.verified_at} />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {call.sources.length > 1 &&
        (differing.length > 0 ? (
          <Comparison sources={call.sources} fields={differing} />
        ) : (
          <p className="text-muted text-sm">{t("sources.agree")}</p>
        ))}
    </section>
  );
}

function Comparison({ sources, fields }: { sources: readonly Source[]; fields: readonly string[] }) {
  const t = useT(opportunity);
  const columns: Column<string>[] = [
    {
      name: t("sources.field"),
      cell: (field) => <span className="font-medium">{FIELD_WORDS[field] ? t(FIELD_WORDS[field]) : field}</span>,
    },
    ...sources.map((source, index) => ({
      name: `${index + 1}. ${hostOf(source.website)}`,
      cell: (field: string) => <ValueText field={field} value={source.values[field]} />,
    })),
  ];
  return (
    <>
      <p className="text-warn text-sm">{t("sources.differ")}</p>
      <Table caption={t("sources.differ")} columns={columns} rows={fields} keyOf={(field) => field} />
    </>
  );
}

/** Return the fields of which two sources say different things; one that says nothing does not differ. */
export function differingFields(sources: readonly Pick<Source, "values">[]): string[] {
  const fields = new Set(sources.flatMap((source) => Object.keys(source.values)));
  return [...fields].filter((field) => {
    const told = sources.map((source) => source.values[field]).filter((value) => value !== null && value !== undefined);
    return new Set(told.map((value) => JSON.stringify(value))).size > 1;
  });
}

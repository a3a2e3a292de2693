import { numberFormat } from "@/ui/formats";
import { Day } from "@/ui/values";
import { opportunity } from "@/words/en/opportunity";
import { useLocale, useT } from "@/words/provider";
import type { Common, PlainKey } from "@/words/words";

import { useNames } from "../names";

export const FIELD_WORDS: Record<string, PlainKey<Common & typeof opportunity>> = {
  title: "field.title",
  deadline: "field.deadline",
  status: "field.status",
  amount_min: "field.amount_min",
  amount_max: "field.amount_max",
  currency: "filter.currency",
  eligibility: "field.eligibility",
  organisation: "field.organisation",
  opening_date: "field.opening_date",
  other_dates: "field.other_dates",
  reference_number: "field.reference_number",
  location: "field.location",
  categories: "field.categories",
  contact_name: "field.contact_name",
  contact_email: "field.contact_email",
  contact_phone: "field.contact_phone",
  documents: "field.documents",
  summary: "field.summary",
};

/** Any value of any field, as a source or a revision holds it. */
export function ValueText({ field, value }: { field: string; value: unknown }) {
  const t = useT(opportunity);
  const nameOf = useNames();
  const numbers = numberFormat(useLocale());
  if (value === null || value === undefined || value === "") return <span className="text-muted">{t("unknown")}</span>;
  if (field === "status" && typeof value === "string") return nameOf("status", value, value);
  if (field.startsWith("amount")) return <span className="numbers">{numbers.format(Number(value))}</span>;
  if (Array.isArray(value)) {
    const values: readonly unknown[] = value;
    return (
      <ul>
        {values.map((each, index) => (
          <li key={index}>
            <ValueText field="" value={each} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === "object") return <Composite value={value as Record<string, unknown>} />;
  const text = typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return <Day day={text} />;
  return <span className="whitespace-pre-line">{text}</span>;
}

/** A moment `{name?, date, time?, timezone?}`, or a document `{title, url}`. */
function Composite({ value }: { value: Record<string, unknown> }) {
  const said = (name: string) => (typeof value[name] === "string" ? value[name] : null);
  const date = said("date");
  if (date) {
    const name = said("name");
    return (
      <span className="numbers">
        {name && `${name}: `}
        <Day day={date} />
        {said("time") && `, ${(said("time") ?? "").slice(0, 5)}`}
        {said("timezone") && ` (${said("timezone") ?? ""})`}
      </span>
    );
  }
  return <span>{said("title") ?? said("url") ?? JSON.stringify(value)}</span>;
}

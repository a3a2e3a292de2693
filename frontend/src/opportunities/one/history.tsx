import { useState } from "react";

import { Select } from "@/ui/field";
import { DateText } from "@/ui/values";
import { opportunity } from "@/words/en/opportunity";
import { useT } from "@/words/provider";

import type { Whole } from "../queries";
import { Proof } from "./proof";
import { FIELD_WORDS, ValueText } from "./value-text";

/** What changed, the newest first; of one field alone where that is chosen. */
export function History({ call }: { call: Whole }) {
  const t = useT(opportunity);
  const [field, setField] = useState("");
  const named = (name: string) => (FIELD_WORDS[name] ? t(FIELD_WORDS[name]) : name);
  const fields = [...new Set(call.revisions.map((revision) => revision.field))];
  const shown = call.revisions.filter((revision) => field === "" || revision.field === field);
  return (
    <section className="grid gap-3" aria-labelledby="history">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="history" className="flex-1 text-base font-semibold">
          {t("history.title")}
        </h2>
        {fields.length > 1 && (
          <Select
            label={t("history.field")}
            isLabelHidden
            className="w-auto"
            value={field}
            onChoose={setField}
            options={[
              { value: "", name: t("history.all_fields") },
              ...fields.map((name) => ({ value: name, name: named(name) })),
            ]}
          />
        )}
      </div>
      <ol className="border-line ml-1.5 grid gap-4 border-l pl-5">
        {shown.map((revision, index) => (
          <li key={`${revision.recorded_at}:${revision.field}:${index}`} className="relative grid gap-1 text-sm">
            <span aria-hidden className="bg-accent absolute top-1.5 -left-[1.45rem] size-1.5 rounded-full" />
            <p className="text-muted text-xs">
              <DateText at={revision.recorded_at} /> · {named(revision.field)}
            </p>
            <div className="flex flex-wrap items-baseline gap-x-2">
              <del className="text-muted">
                <span className="sr-only">{t("history.old")} </span>
                <ValueText field={revision.field} value={revision.old} />
              </del>
              <span aria-hidden>→</span>
              <ins className="no-underline">
                <span className="sr-only">{t("history.new")} </span>
                <ValueText field={revision.field} value={revision.new} />
              </ins>
            </div>
            {revision.evidence && (
              <details>
                <summary className="text-muted min-h-6 text-xs">{t("proof")}</summary>
                <Proof evidence={revision.evidence} at={revision.recorded_at} />
              </details>
            )}
          </li>
        ))}
        <li className="text-muted relative text-xs">
          <span aria-hidden className="bg-edge absolute top-1.5 -left-[1.45rem] size-1.5 rounded-full" />
          {t("history.first_seen")} <DateText at={call.first_seen_at} />
        </li>
      </ol>
    </section>
  );
}

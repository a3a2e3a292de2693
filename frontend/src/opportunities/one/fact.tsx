import { Quote } from "lucide-react";
import { useId, useState, type ReactNode } from "react";

import { classes } from "@/ui/classes";
import { opportunity } from "@/words/en/opportunity";
import { useT } from "@/words/provider";

import type { Whole } from "../queries";
import { Proof } from "./proof";

interface Props {
  name: string;
  /** The fields that it shows; the proof of the first that has one is shown. */
  fields: readonly string[];
  call: Whole;
  /** Nothing: the pages do not say, and so do we. */
  children?: ReactNode;
}

/** One value of a call, with its proof one click away. */
export function Fact({ name, fields, call, children }: Props) {
  const t = useT(opportunity);
  const [isOpen, setIsOpen] = useState(false);
  const panel = useId();
  const proven = fields.find((field) => call.evidence[field] !== undefined);
  const evidence = proven === undefined ? undefined : call.evidence[proven];
  const source = call.sources.find((each) => fields.some((field) => quoteOf(each, field) === evidence?.quote));
  return (
    <div className="border-line grid gap-x-4 gap-y-1 border-b px-4 py-2.5 last:border-0 sm:grid-cols-[9rem_minmax(0,1fr)]">
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="min-w-0 text-base">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">{children ?? <span className="text-muted">{t("unknown")}</span>}</div>
          {evidence && (
            <button
              type="button"
              aria-expanded={isOpen}
              aria-controls={panel}
              aria-label={t("proof.of", { name })}
              onClick={() => setIsOpen(!isOpen)}
              className={classes(
                "hover:bg-hover inline-flex min-h-6 shrink-0 items-center gap-1 rounded px-1.5 text-xs font-medium",
                isOpen ? "text-accent" : "text-muted",
              )}
            >
              <Quote aria-hidden className="size-3" />
              {t("proof")}
            </button>
          )}
        </div>
        <div id={panel} hidden={!isOpen} className="mt-2">
          {isOpen && evidence && (
            <Proof
              evidence={evidence}
              at={source?.verified_at ?? source?.last_seen_at ?? null}
              of={proven === undefined ? undefined : { id: call.id, field: proven }}
            />
          )}
        </div>
      </dd>
    </div>
  );
}

function quoteOf(source: Whole["sources"][number], field: string): string | undefined {
  return source.evidence[field]?.quote;
}

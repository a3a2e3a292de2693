import { ExternalLink, FileSearch } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";

import type { Schemas } from "@/api/client";
import { Button } from "@/ui/button";
import { numberFormat } from "@/ui/formats";
import { persistently } from "@/ui/persistently";
import { DateText } from "@/ui/values";
import { opportunity } from "@/words/en/opportunity";
import { useLocale, useT } from "@/words/provider";

import { hostOf } from "../hosts";
import { highlightedAt, methodKey } from "./methods";

const SavedPage = dynamic(() => persistently(() => import("./saved-page")), { ssr: false });

export type Evidence = Schemas["Evidence"];

interface Props {
  evidence: Evidence;
  at: string | null;
  /** Whose value it is, where it is the present one: then the page is kept that it was read from. */
  of?: { id: string; field: string } | undefined;
}

/** The proof of a value: the words of the page, where they stand, how they were read, how sure that is, and when. */
export function Proof({ evidence, at, of }: Props) {
  const t = useT(opportunity);
  const [isOpen, setOpen] = useState(false);
  const percent = numberFormat(useLocale(), { style: "percent" });
  return (
    <div className="bg-sunken border-line grid gap-1.5 rounded-md border px-3 py-2 text-sm">
      <blockquote className="whitespace-pre-line">
        <mark className="box-decoration-clone px-0.5">{evidence.quote}</mark>
      </blockquote>
      <p className="text-muted text-xs">
        {t(methodKey(evidence.method))} <span className="font-mono">({evidence.method})</span> ·{" "}
        {t("proof.confidence", { percent: percent.format(evidence.confidence) })}
        {at && (
          <>
            {" · "}
            {t("proof.read")} <DateText at={at} />
          </>
        )}
      </p>
      {of && (
        <Button look="quiet" isSmall className="-ml-2 justify-self-start" onClick={() => setOpen(true)}>
          <FileSearch aria-hidden className="size-3" />
          {t("proof.saved")}
        </Button>
      )}
      {of && isOpen && <SavedPage id={of.id} field={of.field} onClose={() => setOpen(false)} />}
      <a
        href={highlightedAt(evidence.source_url, evidence.quote)}
        target="_blank"
        rel="noreferrer"
        className="text-accent inline-flex min-h-6 items-center gap-1 justify-self-start text-xs font-medium hover:underline"
      >
        <ExternalLink aria-hidden className="size-3" />
        {t("proof.show", { host: hostOf(evidence.source_url) })}
        <span className="sr-only">{t("new_window")}</span>
      </a>
    </div>
  );
}

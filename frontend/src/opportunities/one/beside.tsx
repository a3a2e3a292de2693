import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { opportunity } from "@/words/en/opportunity";
import { useT } from "@/words/provider";

import { ClosesBadge } from "../closes";
import { similarQuery, type Whole } from "../queries";
import { History } from "./history";
import { Sources } from "./sources";

/** What stands beside the values of a call: its documents, who tells of it, what changed, and calls like it. */
export default function Beside({ call }: { call: Whole }) {
  return (
    <div className="grid min-w-0 gap-6">
      <Documents call={call} />
      <Sources call={call} />
      <History call={call} />
      <SimilarCalls id={call.id} />
    </div>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="grid gap-3" aria-labelledby={id}>
      <h2 id={id} className="text-base font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

function Documents({ call }: { call: Whole }) {
  const t = useT(opportunity);
  if (call.documents.length === 0) return null;
  return (
    <Section id="documents" title={t("field.documents")}>
      <ul className="card">
        {call.documents.map((document) => (
          <li key={String(document["url"])} className="border-line border-b last:border-0">
            <a
              href={String(document["url"])}
              target="_blank"
              rel="noreferrer"
              className="hover:bg-hover flex items-center gap-2 px-4 py-2 text-sm"
            >
              <FileText aria-hidden className="text-muted size-4 shrink-0" />
              <span className="min-w-0 flex-1 truncate">{String(document["title"] ?? document["url"])}</span>
              <span className="sr-only">{t("new_window")}</span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function SimilarCalls({ id }: { id: string }) {
  const t = useT(opportunity);
  const { data } = useQuery(similarQuery(id));
  if (!data || data.items.length === 0) return null;
  return (
    <Section id="similar" title={t("one.similar")}>
      <ul className="card">
        {data.items.map((call) => (
          <li key={call.id} className="border-line border-b last:border-0">
            <Link
              href={`/opportunity/?id=${call.id}`}
              prefetch={false}
              className="hover:bg-hover flex items-center gap-3 px-4 py-2 text-sm"
            >
              <span className="min-w-0 flex-1">{call.title}</span>
              <ClosesBadge call={call} />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

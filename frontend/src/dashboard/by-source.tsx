import Link from "next/link";

import type { Schemas } from "@/api/client";
import { numberFormat } from "@/ui/formats";
import { dashboard } from "@/words/en/dashboard";
import { useLocale, useT } from "@/words/provider";

import { Nothing } from "./call-list";

const SHOWN = 10;

/** Which websites tell of most calls; a list that is a chart as well. */
export function BySource({ websites }: { websites: readonly Schemas["FacetValue"][] }) {
  const t = useT(dashboard);
  const numbers = numberFormat(useLocale());
  const most = Math.max(1, ...websites.map((website) => website.count));
  if (websites.length === 0) return <Nothing>{t("charts.no_sources")}</Nothing>;
  return (
    <ul className="grid gap-1.5 px-4 pb-4 text-sm">
      {websites.slice(0, SHOWN).map((website) => (
        <li key={website.value} className="grid gap-0.5">
          <div className="flex items-baseline gap-3">
            <Link
              href={`/?status=open&website=${website.value}`}
              prefetch={false}
              className="min-w-0 flex-1 truncate hover:underline"
              title={website.name}
            >
              {website.name}
            </Link>
            <span className="numbers text-muted text-xs">{numbers.format(website.count)}</span>
          </div>
          <div aria-hidden className="bg-sunken h-1.5 overflow-hidden rounded-full">
            <div className="bg-accent h-full rounded-full" style={{ width: `${(100 * website.count) / most}%` }} />
          </div>
        </li>
      ))}
      {websites.length > SHOWN && (
        <li className="text-muted text-xs">{t("charts.more_sources", { count: websites.length - SHOWN })}</li>
      )}
    </ul>
  );
}

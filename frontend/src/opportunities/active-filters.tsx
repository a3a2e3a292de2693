import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";

import { changeAddress } from "@/ui/address";
import { Button } from "@/ui/button";
import { numberFormat } from "@/ui/formats";
import { opportunities } from "@/words/en/opportunities";
import { useLocale, useT } from "@/words/provider";

import { FILTERS, SEVERAL, type Asked, type Several } from "./asked";
import { hostOf } from "./hosts";
import { useNames } from "./names";
import { facetsQuery } from "./queries";

/** Take all filters away; words stay. */
export function clearFilters(): void {
  changeAddress({ ...Object.fromEntries(FILTERS.map((name) => [name, null])), from: null });
}

/** What narrows the list, each with a button that takes it away. */
export function ActiveFilters({ asked }: { asked: Asked }) {
  const t = useT(opportunities);
  const said = useSaid(asked);
  if (said.length === 0) return null;
  return (
    <ul aria-label={t("filter.active")} className="flex flex-wrap gap-1.5">
      {said.map((filter) => (
        <li key={filter.key}>
          <button
            type="button"
            onClick={filter.remove}
            aria-label={t("filter.remove", { name: filter.text })}
            className="bg-accent-soft text-accent-strong hover:bg-hover inline-flex min-h-6 max-w-64 items-center gap-1 rounded-full px-2 text-xs font-medium"
          >
            <span className="truncate">{filter.text}</span>
            <X aria-hidden className="size-3 shrink-0" />
          </button>
        </li>
      ))}
      <li>
        <Button look="quiet" isSmall className="min-h-6" onClick={clearFilters}>
          {t("filter.clear")}
        </Button>
      </li>
    </ul>
  );
}

interface Said {
  key: string;
  text: string;
  remove: () => void;
}

function useSaid(asked: Asked): Said[] {
  const t = useT(opportunities);
  const nameOf = useNames();
  const numbers = numberFormat(useLocale());
  const { data: facets } = useQuery({ ...facetsQuery(asked), placeholderData: (before) => before });

  function named(filter: Several, value: string): string {
    if (filter !== "website") return nameOf(filter, value, value);
    const name = facets?.website.find((each) => each.value === value)?.name;
    return name ? hostOf(name) : t("filter.website");
  }

  const said: Said[] = SEVERAL.flatMap((filter) => {
    const values: readonly string[] = asked[filter] ?? [];
    return values.map((value) => ({
      key: `${filter}:${value}`,
      text: named(filter, value),
      remove: () => changeAddress({ [filter]: values.filter((each) => each !== value), from: null }),
    }));
  });
  const single = {
    closing_within_days: (value: string) => t("filter.deadline.days", { count: Number(value) }),
    closes_from: (day: string) => t("filter.closes_from", { day }),
    closes_to: (day: string) => t("filter.closes_to", { day }),
    posted_within_days: (value: string) => t("filter.posted.days", { count: Number(value) }),
    amount_min: (value: string) => t("money.from", { amount: numbers.format(Number(value)) }),
    amount_max: (value: string) => t("money.up_to", { amount: numbers.format(Number(value)) }),
  };
  for (const [name, say] of Object.entries(single)) {
    const value = asked[name as keyof typeof single];
    if (value === undefined || value === null) continue;
    said.push({ key: name, text: say(String(value)), remove: () => changeAddress({ [name]: null, from: null }) });
  }
  return said;
}

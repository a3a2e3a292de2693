import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { changeAddress } from "@/ui/address";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/field";
import { numberFormat } from "@/ui/formats";
import { opportunities } from "@/words/en/opportunities";
import { useLocale, useT } from "@/words/provider";

import { without, type Asked, type Several } from "./asked";
import { Group } from "./group";
import { hostOf } from "./hosts";
import { useNames } from "./names";
import { facetsQuery } from "./queries";

const SHOWN_AT_FIRST = 5;
const TITLES = {
  status: "filter.status",
  website: "filter.website",
  category: "filter.category",
  organisation: "filter.organisation",
  currency: "filter.currency",
} as const;

/** The values of one field among what the rest of the search finds, with how many have each. */
export function FacetFilter({ asked, name }: { asked: Asked; name: Several }) {
  const t = useT(opportunities);
  const nameOf = useNames();
  const numbers = numberFormat(useLocale());
  const [isWhole, setIsWhole] = useState(false);
  const { data } = useQuery({ ...facetsQuery(without(asked, name)), placeholderData: (before) => before });
  const chosen: readonly string[] = asked[name] ?? [];
  const found = data?.[name] ?? [];
  // What is chosen can always be taken back, also where nothing has it any more.
  const values = [
    ...chosen
      .filter((value) => !found.some((each) => each.value === value))
      .map((value) => ({ value, name: value, count: 0 })),
    ...found,
  ];
  if (data && values.length < 2 && chosen.length === 0) return null;
  const shown = isWhole ? values : values.filter((each, index) => index < SHOWN_AT_FIRST || chosen.includes(each.value));

  function toggle(value: string, isChosen: boolean): void {
    // Of the address, for this page may not have followed it yet.
    const others = new URLSearchParams(window.location.search).getAll(name).filter((each) => each !== value);
    const values = isChosen ? [...others, value] : others;
    changeAddress({ [name]: values, from: null });
  }

  return (
    <Group title={t(TITLES[name])}>
      <ul className={isWhole ? "max-h-72 overflow-y-auto" : undefined}>
        {shown.map((each) => (
          <li key={each.value}>
            <Checkbox
              checked={chosen.includes(each.value)}
              onChange={(event) => toggle(each.value, event.target.checked)}
              label={
                <span className="flex gap-2">
                  <span className="min-w-0 flex-1 truncate" title={each.name}>
                    {name === "website" ? hostOf(each.name) : nameOf(name, each.value, each.name)}
                  </span>
                  <span className="text-muted numbers text-xs leading-5">{numbers.format(each.count)}</span>
                </span>
              }
            />
          </li>
        ))}
      </ul>
      {values.length > SHOWN_AT_FIRST && (
        <Button look="quiet" isSmall className="justify-self-start" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? t("filter.fewer") : t("filter.all", { count: values.length })}
        </Button>
      )}
    </Group>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";

import { useSettled } from "@/opportunities/settled";
import { changeAddress } from "@/ui/address";
import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { Select } from "@/ui/field";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import { HEALTHS, isNarrowed, SORTS, STATES, WORDS, type Asked } from "./asked";
import { facetsQuery } from "./queries";

const LISTS = { category: "categories", region: "regions", tag: "tags" } as const;
const DOTS = { red: "bg-bad", amber: "bg-warn", green: "bg-good", unvisited: "border-edge border" } as const;

/** Take away whatever narrows the list. */
export function clearFilters(): void {
  changeAddress({ q: null, category: null, region: null, tag: null, health: null, state: null, from: null });
}

/** How the websites are doing, each state a filter; then words, what they are, and the order. */
export function Toolbar({ asked }: { asked: Asked }) {
  const t = useT(websites);
  const { data: facets } = useQuery(facetsQuery);
  const [typed, type, settle] = useSettled(asked.q ?? "", (q) => changeAddress({ q: q || null, from: null }));
  return (
    <div className="grid gap-2">
      <div role="group" aria-label={t("websites.filter_health")} className="grid grid-cols-2 gap-2 lg:grid-cols-4">
        {HEALTHS.map((health) => {
          const isOn = asked.health === health;
          return (
            <button
              key={health}
              type="button"
              aria-pressed={isOn}
              onClick={() => changeAddress({ health: isOn ? null : health, from: null })}
              className={classes(
                "card hover:bg-hover flex items-baseline gap-2 px-3 py-2 text-left",
                isOn && "bg-accent-soft border-accent",
              )}
            >
              <span aria-hidden className={classes("size-2 shrink-0 self-center rounded-full", DOTS[health])} />
              <span className="numbers text-lg font-semibold">{facets ? facets.health[health] : "–"}</span>
              <span className="text-muted truncate text-sm">{t(`health.${health}`)}</span>
            </button>
          );
        })}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <form
          role="search"
          aria-label={t("websites.search")}
          className="relative min-w-52 flex-1"
          onSubmit={(event) => {
            event.preventDefault();
            settle(typed);
          }}
        >
          <Search aria-hidden className="text-muted pointer-events-none absolute top-2 left-2.5 size-4" />
          <input
            type="search"
            aria-label={t("websites.search")}
            placeholder={t("websites.search")}
            value={typed}
            onChange={(event) => type(event.target.value)}
            className="field pl-8"
          />
        </form>
        {WORDS.map((name) => {
          const values = facets?.[LISTS[name]] ?? [];
          const chosen = asked[name];
          if (values.length === 0 && !chosen) return null;
          const known = chosen && !values.some(({ value }) => value === chosen) ? [{ value: chosen, count: 0 }] : [];
          return (
            <Select
              key={name}
              label={t(`websites.filter_${name}`)}
              isLabelHidden
              className="w-auto max-w-44"
              value={chosen ?? ""}
              onChoose={(value) => changeAddress({ [name]: value || null, from: null })}
              options={[
                { value: "", name: t(`websites.any_${name}`) },
                ...[...known, ...values].map(({ value, count }) => ({ value, name: `${value} (${count})` })),
              ]}
            />
          );
        })}
        <Select
          label={t("websites.filter_state")}
          isLabelHidden
          className="w-auto"
          value={asked.state ?? ""}
          onChoose={(state) => changeAddress({ state: state || null, from: null })}
          options={[
            { value: "", name: t("websites.any_state") },
            ...STATES.map((state) => ({ value: state, name: t(`websites.state_${state}`) })),
          ]}
        />
        <Select
          label={t("websites.sort")}
          isLabelHidden
          className="w-auto"
          value={asked.sort}
          onChoose={(sort) => changeAddress({ sort: sort === "worst_health" ? null : sort, from: null })}
          options={SORTS.map((sort) => ({ value: sort, name: t(`websites.sort_${sort}`) }))}
        />
        {isNarrowed(asked) && (
          <Button look="quiet" onClick={clearFilters}>
            {t("filter.clear")}
          </Button>
        )}
      </div>
    </div>
  );
}

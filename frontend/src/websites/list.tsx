import { keepPreviousData, useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { useMay } from "@/api/session";
import { changeAddress } from "@/ui/address";
import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { PagedList } from "@/ui/paged-list";
import { EmptyState } from "@/ui/states";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import { isNarrowed, type Asked } from "./asked";
import { BulkBar } from "./bulk-bar";
import { useBulkChange, useScrape } from "./changing";
import { activityQuery, MOST_PAGES, websitesQuery } from "./queries";
import { COLUMNS, WebsiteRow } from "./row";
import { clearFilters } from "./toolbar";

interface Props {
  asked: Asked;
  from: string | null;
  onAdd: () => void;
  onImport: () => void;
}

/** The websites that are asked for, and what can be done with those that one chooses among them. */
export function WebsiteList({ asked, from, onAdd, onImport }: Props) {
  const t = useT(websites);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useInfiniteQuery({ ...websitesQuery(asked, from), placeholderData: keepPreviousData });
  const mayEdit = useMay("editor");
  const scrape = useScrape();
  const change = useBulkChange();

  const pages = list.data?.pages ?? [];
  const shown = pages.flatMap((page) => page.items);
  const activities = useQueries({
    queries: pages.map((page) => activityQuery(page.items.map((website) => website.id))),
    combine: (answers) => answers.flatMap((each) => each.data ?? []),
  });
  const activityOf = useMemo(() => new Map(activities.map((each) => [each.id, each])), [activities]);
  // What is out of sight is not changed along.
  const picked = shown.filter((website) => chosen.has(website.id));
  const isAll = picked.length === shown.length;
  const total = pages[0]?.total;

  function choose(id: string, isChosen: boolean): void {
    const after = new Set(chosen);
    if (isChosen) after.add(id);
    else after.delete(id);
    setChosen(after);
  }

  return (
    <div className="grid gap-2">
      <div className="flex min-h-7 items-center gap-3">
        <p role="status" className="text-muted numbers text-sm">
          {total && t(total.is_exact ? "websites.count" : "websites.count_about", { count: total.count })}
        </p>
        {from && (
          <Button look="quiet" isSmall onClick={() => changeAddress({ from: null }, "push")}>
            {t("list.from_start")}
          </Button>
        )}
      </div>
      <PagedList list={list} mostPages={MOST_PAGES} empty={<Nothing asked={asked} onAdd={onAdd} onImport={onImport} />}>
        {(_, isOld, look) => (
          <div className={classes("card overflow-clip", look)}>
            <div className={classes("border-line text-muted flex gap-3 border-b px-3 py-2 text-xs font-medium", COLUMNS)}>
              {mayEdit ? (
                <input
                  type="checkbox"
                  aria-label={t("websites.choose_all")}
                  checked={isAll}
                  ref={(box) => {
                    if (box) box.indeterminate = picked.length > 0 && !isAll;
                  }}
                  onChange={() => setChosen(new Set(isAll ? [] : shown.map((website) => website.id)))}
                  className="accent-accent size-4"
                />
              ) : (
                <span />
              )}
              {mayEdit && <span className="lg:hidden">{t("websites.choose_all")}</span>}
              {(["website", "health", "visits", "when", "listed"] as const).map((name) => (
                <span key={name} aria-hidden className={classes("hidden lg:inline", name === "listed" && "text-right")}>
                  {t(`websites.column_${name}`)}
                </span>
              ))}
            </div>
            <ul aria-label={t("nav.websites")} aria-busy={isOld || undefined}>
              {shown.map((website) => (
                <WebsiteRow
                  key={website.id}
                  website={website}
                  activity={activityOf.get(website.id)}
                  mayEdit={mayEdit}
                  isChosen={chosen.has(website.id)}
                  onChoose={(isChosen) => choose(website.id, isChosen)}
                  onScrape={() => scrape.mutate([website.id])}
                  onPause={() =>
                    change.mutate({ ids: [website.id], action: website.paused ? "resume" : "pause", tags: [] })
                  }
                  isBusy={scrape.isPending || change.isPending}
                />
              ))}
            </ul>
          </div>
        )}
      </PagedList>
      {picked.length > 0 && (
        <BulkBar ids={picked.map((website) => website.id)} onClear={() => setChosen(new Set())} />
      )}
    </div>
  );
}

function Nothing({ asked, onAdd, onImport }: Omit<Props, "from">) {
  const t = useT(websites);
  const mayEdit = useMay("editor");
  if (isNarrowed(asked)) {
    return (
      <EmptyState title={t("websites.none_filtered")} actions={<Button onClick={clearFilters}>{t("filter.clear")}</Button>}>
        {t("websites.none_filtered_what")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t("websites.none")}
      actions={
        mayEdit && (
          <>
            <Button onClick={onImport}>{t("websites.import")}</Button>
            <Button look="primary" onClick={onAdd}>
              {t("websites.add")}
            </Button>
          </>
        )
      }
    >
      {t("websites.none_what")}
    </EmptyState>
  );
}

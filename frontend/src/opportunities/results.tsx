import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import { changeAddress, useParameters } from "@/ui/address";
import { Button, ButtonLink } from "@/ui/button";
import { PagedList } from "@/ui/paged-list";
import { EmptyState } from "@/ui/states";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { clearFilters } from "./active-filters";
import { countFilters, type Asked } from "./asked";
import { CallRows } from "./call-rows";
import { isLocal } from "./hosts";
import { useMarking, useMarks } from "./marks";
import { askForNext, facetsQuery, listQuery, MOST_PAGES, type Row } from "./queries";

/** The calls that a search finds, without those that one ignored. */
export function Results({ asked, from }: { asked: Asked; from: string | null }) {
  const t = useT(opportunities);
  const list = useInfiniteQuery({ ...listQuery(asked, from), placeholderData: keepPreviousData });
  const marks = useMarks((list.data?.pages ?? []).map((page) => page.items.map((row) => row.id)));
  const { mark, undo } = useMarking();
  const isShowingIgnored = useParameters().get("ignored") === "shown";
  const askNext = useCallback((next: string) => askForNext(asked, next), [asked]);
  return (
    <>
      {from && (
        <Button look="quiet" isSmall className="justify-self-start" onClick={() => changeAddress({ from: null }, "push")}>
          {t("list.from_start")}
        </Button>
      )}
      {list.data && <SampleNote rows={list.data.pages.flatMap((page) => page.items)} />}
      <PagedList list={list} mostPages={MOST_PAGES} onNear={askNext} empty={<NothingFound asked={asked} />}>
        {(rows, isOld, look) => {
          const kept = rows.filter((row) => marks[row.id] !== "ignored");
          const ignored = rows.length - kept.length;
          return (
            <>
              {ignored > 0 && (
                <p role="status" className="text-muted flex flex-wrap items-center gap-2 text-sm">
                  {t(isShowingIgnored ? "triage.shown" : "triage.hidden", { count: ignored })}
                  <Button
                    look="quiet"
                    isSmall
                    onClick={() => changeAddress({ ignored: isShowingIgnored ? null : "shown" })}
                  >
                    {t(isShowingIgnored ? "triage.hide" : "triage.show")}
                  </Button>
                </p>
              )}
              <CallRows
                label={t("nav.opportunities")}
                rows={isShowingIgnored ? rows : kept}
                marks={marks}
                isOld={isOld}
                look={look}
                onMark={mark}
                onUndo={undo}
              />
            </>
          );
        }}
      </PagedList>
    </>
  );
}

function NothingFound({ asked }: { asked: Asked }) {
  const t = useT(opportunities);
  if (countFilters(asked) > 0) {
    return (
      <EmptyState
        title={t("empty.filtered")}
        actions={<Button onClick={clearFilters}>{t("filter.clear")}</Button>}
      >
        {t("empty.filtered_what")}
      </EmptyState>
    );
  }
  if (asked.q) {
    return (
      <EmptyState
        title={t("empty.words", { words: asked.q })}
        actions={<Button onClick={() => changeAddress({ q: null, from: null })}>{t("empty.show_all")}</Button>}
      >
        {t("empty.words_what")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t("empty.none")}
      actions={
        <ButtonLink look="primary" href="/websites/">
          {t("empty.add")}
        </ButtonLink>
      }
    >
      {t("empty.none_what")}
    </EmptyState>
  );
}

/** Who sees only the bundled portal learns how to have their own websites watched. */
function SampleNote({ rows }: { rows: readonly Row[] }) {
  const t = useT(opportunities);
  const { data } = useQuery(facetsQuery({}));
  // The rows tell at once, and so the list does not move; then what is beyond them is known.
  const isLikely = rows.length > 0 && rows.every((row) => row.website !== null && isLocal(row.website));
  const [only, another] = data?.website ?? [];
  if (data ? !only || another || !isLocal(only.name) : !isLikely) return null;
  return (
    <div className="bg-accent-soft text-accent-strong flex flex-wrap items-center gap-3 rounded-lg px-4 py-2.5 text-sm">
      <p className="min-w-56 flex-1">{t("sample.what")}</p>
      <ButtonLink isSmall href="/websites/">
        {t("empty.add")}
      </ButtonLink>
    </div>
  );
}

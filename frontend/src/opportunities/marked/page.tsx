import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";

import { changeAddress, OnceHere, useParameters } from "@/ui/address";
import { ButtonLink } from "@/ui/button";
import { Select } from "@/ui/field";
import { Page } from "@/ui/page";
import { PagedList } from "@/ui/paged-list";
import { EmptyState, SkeletonRows } from "@/ui/states";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { CallRows } from "../call-rows";
import { useMarking, useMarks, type Mark } from "../marks";
import { markedQuery, MOST_PAGES } from "../queries";

/** What one starred for later, or ignored: the latest mark first. */
export function MarkedPage() {
  const t = useT(opportunities);
  return (
    <Page
      title={t("marked.title")}
      about={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {t("marked.about")}
          <Link href="/" prefetch={false} className="text-accent inline-flex min-h-6 items-center gap-1 hover:underline">
            <ArrowLeft aria-hidden className="size-3.5" />
            {t("marked.back")}
          </Link>
        </span>
      }
    >
      <OnceHere fallback={<SkeletonRows />}>
        <Marked />
      </OnceHere>
    </Page>
  );
}

const STATES = ["starred", "ignored"] as const satisfies readonly Mark[];

function Marked() {
  const t = useT(opportunities);
  const parameters = useParameters();
  const state = parameters.get("state") === "ignored" ? "ignored" : "starred";
  const list = useInfiniteQuery({ ...markedQuery(state, parameters.get("from")), placeholderData: keepPreviousData });
  const marks = useMarks((list.data?.pages ?? []).map((page) => page.items.map((each) => each.opportunity.id)));
  const { mark, undo } = useMarking();
  const total = list.data?.pages[0]?.total;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="text-muted numbers flex-1 text-sm">
          {total && t(total.is_exact ? "list.count" : "list.about", { count: total.count })}
        </p>
        <Select
          label={t("marked.which")}
          isLabelHidden
          className="w-auto"
          value={state}
          onChoose={(chosen) => changeAddress({ state: chosen === "starred" ? null : chosen, from: null }, "push")}
          options={STATES.map((each) => ({ value: each, name: t(`marked.${each}`) }))}
        />
      </div>
      <PagedList
        list={list}
        mostPages={MOST_PAGES}
        empty={
          <EmptyState title={t(`marked.none_${state}`)} actions={<ButtonLink href="/">{t("marked.back")}</ButtonLink>}>
            {t("marked.none_what")}
          </EmptyState>
        }
      >
        {(items, isOld, look) => (
          <CallRows
            label={t(`marked.${state}`)}
            rows={items.map((each) => each.opportunity)}
            marks={marks}
            isOld={isOld}
            look={look}
            onMark={mark}
            onUndo={undo}
          />
        )}
      </PagedList>
    </div>
  );
}

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download, Search } from "lucide-react";
import { useState } from "react";

import { useMay } from "@/api/session";
import { changeAddress, OnceHere, useParameters } from "@/ui/address";
import { Button } from "@/ui/button";
import { Input, Select } from "@/ui/field";
import { InfiniteList } from "@/ui/infinite-list";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/states";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { ACTIONS, useActionName } from "./audit-actions";
import { exportAddress, readAudit } from "./audit-queries";
import { AuditTable } from "./audit-table";
import { SettingsFrame } from "./frame";

const MOST_PAGES = 10;

export function AuditPage() {
  const t = useT(settings);
  return (
    <SettingsFrame title={t("audit.title")} about={t("audit.what")} needs="administrator">
      <OnceHere fallback={<SkeletonRows />}>
        <Trail />
      </OnceHere>
    </SettingsFrame>
  );
}

function Trail() {
  const t = useT(settings);
  const may = useMay("administrator");
  const nameOf = useActionName();
  const address = useParameters();
  const action = ACTIONS.find((each) => each === address.get("action")) ?? null;
  const filter = { words: address.get("q") ?? "", action };
  const [words, setWords] = useState(filter.words);
  const trail = useInfiniteQuery({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam, signal }) => readAudit(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: may,
  });
  const pages = trail.data?.pages ?? [];
  const entries = pages.flatMap((page) => page.items);
  const isFiltered = filter.words !== "" || action !== null;
  return (
    <>
      <form
        role="search"
        aria-label={t("audit.title")}
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          changeAddress({ q: words.trim() });
        }}
      >
        <div className="min-w-48 flex-1">
          <Input
            label={t("audit.search")}
            type="search"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </div>
        <div className="w-56">
          <Select
            label={t("audit.action")}
            value={action ?? ""}
            options={[
              { value: "", name: t("audit.any_action") },
              ...ACTIONS.map((value) => ({ value, name: nameOf(value) })),
            ]}
            onChoose={(chosen) => changeAddress({ action: chosen })}
          />
        </div>
        <Button type="submit">
          <Search aria-hidden className="size-4" />
          {t("audit.find")}
        </Button>
        <a
          href={exportAddress(filter)}
          download
          className="bg-surface border-edge hover:bg-hover inline-flex min-h-8 items-center gap-1.5 rounded-md border px-3 text-sm font-medium"
        >
          <Download aria-hidden className="size-4" />
          {t("audit.export")}
        </a>
      </form>
      {trail.data ? (
        entries.length > 0 ? (
          <InfiniteList
            hasMore={trail.hasNextPage}
            isFetching={trail.isFetchingNextPage}
            onMore={() => void trail.fetchNextPage()}
            isFull={pages.length >= MOST_PAGES}
            onGoOn={() => void trail.fetchNextPage()}
          >
            <AuditTable entries={entries} />
          </InfiniteList>
        ) : (
          <EmptyState title={t(isFiltered ? "audit.none_found" : "audit.none")}>
            {t(isFiltered ? "audit.none_found_what" : "audit.none_what")}
          </EmptyState>
        )
      ) : trail.error ? (
        <ErrorState error={trail.error} onRetry={() => void trail.refetch()} isRetrying={trail.isFetching} />
      ) : (
        <SkeletonRows count={8} className="h-10" />
      )}
    </>
  );
}

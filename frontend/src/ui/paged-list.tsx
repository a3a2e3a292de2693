import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useCallback, useDeferredValue, useMemo, useState, type ReactNode } from "react";

import { changeAddress } from "./address";
import { InfiniteList } from "./infinite-list";
import { ErrorState, SkeletonRows } from "./states";

/** More than a screen has room for. */
const FIRST_ROWS = 12;

interface Pages<T> {
  items: T[];
  next: string | null;
}

interface Props<T> {
  list: UseInfiniteQueryResult<InfiniteData<Pages<T>>>;
  /** So many pages are shown at most; one goes on from there with a new list. */
  mostPages: number;
  /** What is shown where there is nothing. */
  empty: ReactNode;
  /** `isOld`: what is shown is that of the question before. */
  children: (items: T[], isOld: boolean) => ReactNode;
}

/** A list that comes in pages: what was found stays while the next answer is under way, or fails to come. */
export function PagedList<T>({ list, mostPages, empty, children }: Props<T>) {
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const drawn = useDrawn(items, list.isPlaceholderData);
  const pages = list.data?.pages ?? [];
  const next = pages[pages.length - 1]?.next ?? null;
  return (
    <>
      {list.error && (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} isRetrying={list.isFetching} />
      )}
      {!list.data && !list.error && <SkeletonRows />}
      {list.data && items.length === 0 && !list.error && empty}
      {items.length > 0 && (
        <InfiniteList
          hasMore={drawn === items && list.hasNextPage}
          isFetching={list.isFetchingNextPage}
          onMore={more}
          isFull={pages.length >= mostPages}
          onGoOn={() => {
            changeAddress({ from: next }, "push");
            window.scrollTo({ top: 0 });
          }}
        >
          {children(drawn, list.isPlaceholderData)}
        </InfiniteList>
      )}
    </>
  );
}

/**
 * Return what is drawn of a list by now: at once as many rows as a screen has room for, or as there were of it, and
 * the others piece by piece, while the page answers already. Who comes back finds it whole, as high as they left it.
 * `isOld`: it is that of the question before.
 */
function useDrawn<T>(items: T[], isOld: boolean): T[] {
  const list = useMemo(() => ({ items, isOld }), [items, isOld]);
  const [known] = useState(list);
  const drawn = useDeferredValue(list, known);
  if (drawn.items === items) return items;
  return items.slice(0, drawn.isOld ? FIRST_ROWS : Math.max(FIRST_ROWS, drawn.items.length));
}

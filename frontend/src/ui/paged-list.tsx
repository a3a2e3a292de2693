import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useCallback, type ReactNode } from "react";

import { changeAddress } from "./address";
import { InfiniteList } from "./infinite-list";
import { ErrorState, SkeletonRows } from "./states";

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
  const pages = list.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
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
          hasMore={list.hasNextPage}
          isFetching={list.isFetchingNextPage}
          onMore={more}
          isFull={pages.length >= mostPages}
          onGoOn={() => {
            changeAddress({ from: next }, "push");
            window.scrollTo({ top: 0 });
          }}
        >
          {children(items, list.isPlaceholderData)}
        </InfiniteList>
      )}
    </>
  );
}

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useCallback, useDeferredValue, useState, type ReactNode } from "react";

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
  // Who comes back finds the page as high as it was, and so the place where they were.
  const [isKnown] = useState(list.data !== undefined);
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
        <Begun isWhole={isKnown}>
          {(isWhole) => (
            <InfiniteList
              hasMore={isWhole && list.hasNextPage}
              isFetching={list.isFetchingNextPage}
              onMore={more}
              isFull={pages.length >= mostPages}
              onGoOn={() => {
                changeAddress({ from: next }, "push");
                window.scrollTo({ top: 0 });
              }}
            >
              {children(isWhole ? items : items.slice(0, FIRST_ROWS), list.isPlaceholderData)}
            </InfiniteList>
          )}
        </Begun>
      )}
    </>
  );
}

/** A list begins with its first rows; the others follow piece by piece, while the page answers already. */
function Begun({ isWhole, children }: { isWhole: boolean; children: (isWhole: boolean) => ReactNode }) {
  return children(useDeferredValue(true, isWhole));
}

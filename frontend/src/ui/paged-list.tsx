import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { startTransition, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";

import { changeAddress } from "./address";
import { InfiniteList } from "./infinite-list";
import { painted } from "./painted";
import { ErrorState, SkeletonRows } from "./states";

/** What stands above a list, and its lowest rows, in pixels. */
const HEAD = 150;
const ROW = 85;

/** Rows of the question before fade once an answer takes so long, in milliseconds. */
const LONG = 200;

interface Pages<T> {
  items: T[];
  next: string | null;
}

interface Props<T> {
  list: UseInfiniteQueryResult<InfiniteData<Pages<T>>>;
  /** So many pages are shown at most; one goes on from there with a new list. */
  mostPages: number;
  /** Called with the cursor of the page that follows, some time before that is wanted. */
  onNear?: (next: string) => void;
  /** What is shown where there is nothing. */
  empty: ReactNode;
  /** `isOld`: what is shown is that of the question before; `look`: how its rows look then. */
  children: (items: T[], isOld: boolean, look: string | false) => ReactNode;
}

/** A list that comes in pages: what was found stays while the next answer is under way, or fails to come. */
export function PagedList<T>({ list, mostPages, onNear, empty, children }: Props<T>) {
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const drawn = useDrawn(items, list.isPlaceholderData);
  const isLate = useLate(list.isPlaceholderData);
  const pages = list.data?.pages ?? [];
  const next = pages[pages.length - 1]?.next ?? null;
  const near = useMemo(() => (next !== null && onNear ? () => onNear(next) : undefined), [next, onNear]);
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
          onNear={near}
          isFull={pages.length >= mostPages}
          onGoOn={() => {
            changeAddress({ from: next }, "push");
            window.scrollTo({ top: 0 });
          }}
        >
          {children(drawn, list.isPlaceholderData, isLate && "opacity-60")}
        </InfiniteList>
      )}
    </>
  );
}

/**
 * Return what is drawn of a list by now: of what came last at once as many rows as a screen has room for, and the
 * others, while the page answers already, once those are seen. Who comes back finds it whole, as high as they left it.
 * `isOld`: it is that of the question before.
 */
function useDrawn<T>(items: T[], isOld: boolean): T[] {
  const [drawn, setDrawn] = useState({ items, isOld, count: items.length });
  if (drawn.items !== items || drawn.isOld !== isOld) {
    setDrawn({ items, isOld, count: drawn.isOld && !isOld ? 0 : drawn.count });
  }
  const isWhole = drawn.count >= items.length;
  useEffect(() => {
    if (isWhole) return;
    let isCurrent = true;
    void painted().then(() => {
      if (isCurrent) startTransition(() => setDrawn((before) => ({ ...before, count: before.items.length })));
    });
    return () => {
      isCurrent = false;
    };
  }, [isWhole, items]);
  return isWhole ? items : items.slice(0, drawn.count + screenful());
}

/**
 * Return whether something has lasted long. A transition that begins later would tell the same, but browsers draw what
 * waits for one anew, as a layer of its own.
 */
function useLate(lasts: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!lasts) return;
    const timer = setTimeout(() => setLate(true), LONG);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [lasts]);
  return lasts && isLate;
}

function screenful(): number {
  return Math.max(1, Math.ceil((window.innerHeight - HEAD) / ROW));
}

import { useEffect, useRef, type ReactNode } from "react";

import { useT } from "@/words/provider";

import { Button } from "./button";

/** Not two screens: who pages down finds the next rows there, and who reads the first ones only asks for no more. */
const AHEAD_PIXELS = 1_600;
const NEAR_PIXELS = 2_400;

interface Props {
  children: ReactNode;
  /** Whether there is more than what is shown. */
  hasMore: boolean;
  isFetching: boolean;
  onMore: () => void;
  /** Called before that, once one scrolls, so that what follows can be asked for. */
  onNear?: (() => void) | undefined;
  /** Whether it shows as much as it may; then going on replaces what is shown. */
  isFull: boolean;
  onGoOn: () => void;
}

/** A list that goes on by itself as one scrolls, up to a bound, so that no page grows without end. */
export function InfiniteList({ children, hasMore, isFetching, onMore, onNear, isFull, onGoOn }: Props) {
  const t = useT();
  const end = useRef<HTMLDivElement>(null);
  const mayFetch = hasMore && !isFetching && !isFull;

  useEffect(() => {
    const element = end.current;
    if (!element || !mayFetch) return;
    const watchers = [watch(element, AHEAD_PIXELS, onMore)];
    const onScroll = () => {
      if (onNear) watchers.push(watch(element, NEAR_PIXELS, onNear));
    };
    if (window.scrollY > 0) onScroll();
    else window.addEventListener("scroll", onScroll, { once: true, passive: true });
    // Browsers scroll gently: a tenth of a second after the key a watcher would know where that leads.
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "PageDown" && element.getBoundingClientRect().top < 2 * window.innerHeight + AHEAD_PIXELS) onMore();
    };
    window.addEventListener("keydown", onKey);
    return () => {
      watchers.forEach((watcher) => watcher.disconnect());
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("scroll", onScroll);
    };
  }, [mayFetch, onMore, onNear]);

  return (
    <>
      {children}
      <div ref={end} className="flex justify-center py-3">
        {isFull && hasMore ? (
          <Button onClick={onGoOn}>{t("list.go_on")}</Button>
        ) : hasMore ? (
          <Button look="quiet" onClick={onMore} isBusy={isFetching}>
            {isFetching ? t("loading") : t("list.more")}
          </Button>
        ) : null}
      </div>
    </>
  );
}

/** Call `act` when an element comes so near, in pixels, to what is on the screen. */
function watch(element: Element, pixels: number, act: () => void): IntersectionObserver {
  const watcher = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) act();
    },
    { rootMargin: `${pixels}px` },
  );
  watcher.observe(element);
  return watcher;
}

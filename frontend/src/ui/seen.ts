import { useEffect, useRef, useState, type RefObject } from "react";

const NEAR = "200px";

/** Return a mark for an element, and whether that was, or nearly was, on the screen yet. */
export function useSeen<Element extends HTMLElement>(): [RefObject<Element | null>, boolean] {
  const mark = useRef<Element>(null);
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    const element = mark.current;
    if (!element || isSeen) return;
    const watcher = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setIsSeen(true);
      },
      { rootMargin: NEAR },
    );
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [isSeen]);
  return [mark, isSeen];
}

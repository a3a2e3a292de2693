import { useSyncExternalStore } from "react";

const MINUTE_MILLISECONDS = 60_000;
let current = new Date();

/** The time, to the minute: what says "in 3 days" or "5 minutes ago" stays right while a page is open. */
export function useNow(): Date {
  return useSyncExternalStore(
    (listener) => {
      const timer = setInterval(() => {
        current = new Date();
        listener();
      }, MINUTE_MILLISECONDS);
      return () => clearInterval(timer);
    },
    () => current,
    () => current,
  );
}

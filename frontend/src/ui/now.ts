import { useSyncExternalStore } from "react";

const MINUTE_MILLISECONDS = 60_000;
const listeners = new Set<() => void>();
let current = new Date();
let timer: ReturnType<typeof setInterval> | undefined;

function goOn(): void {
  current = new Date();
  listeners.forEach((listener) => listener());
}

/** One clock for all that shows a time. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(goOn, MINUTE_MILLISECONDS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function read(): Date {
  return current;
}

/** The time, to the minute: what says "in 3 days" or "5 minutes ago" stays right while a page is open. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, read, read);
}

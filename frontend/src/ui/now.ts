import { useSyncExternalStore } from "react";

const MINUTE_MILLISECONDS = 60_000;
const listeners = new Set<() => void>();
let current = new Date();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  current = new Date();
  listeners.forEach((listener) => listener());
}

// One clock for all: a list has several hundred who look at it.
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    timer = setInterval(tick, MINUTE_MILLISECONDS);
    // Nobody looked for a while.
    if (Date.now() - current.getTime() > MINUTE_MILLISECONDS) current = new Date();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function now(): Date {
  return current;
}

/** The time, to the minute: what says "in 3 days" or "5 minutes ago" stays right while a page is open. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, now, now);
}

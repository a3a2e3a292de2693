import { useSyncExternalStore } from "react";

import { takeEarly } from "./early";

/** How the server has been answering: at all, and soon. */
export type Connection = "fine" | "slow" | "lost";

const SLOW_MILLISECONDS = 2_500;
const listeners = new Set<() => void>();
const late = new Set<symbol>();
let isLost = false;
let state: Connection = "fine";

function tell(): void {
  const now: Connection = isLost ? "lost" : late.size > 0 ? "slow" : "fine";
  if (now === state) return;
  state = now;
  listeners.forEach((listener) => listener());
}

/** Fetch, and remember whether the server answers. A server that is away answers 502 to 504 through a proxy. */
export async function watchedFetch(input: Request): Promise<Response> {
  const early = takeEarly(input);
  const request = Symbol();
  const timer = setTimeout(() => {
    late.add(request);
    tell();
  }, Math.max(0, SLOW_MILLISECONDS - (early ? performance.now() - early.at : 0)));
  try {
    const response = await (early?.answer ?? fetch(input));
    isLost = response.status >= 502 && response.status <= 504;
    return response;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) isLost = true;
    throw error;
  } finally {
    clearTimeout(timer);
    late.delete(request);
    tell();
  }
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
    () => "fine",
  );
}

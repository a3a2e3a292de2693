import { notifyManager, QueryClient } from "@tanstack/react-query";

import { Problem } from "./problem";

/** No page asks for the same thing more often than this by itself. */
export const POLL_MILLISECONDS = 10_000;
const RETRIES = 2;

function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < RETRIES && (!(error instanceof Problem) || error.mayHeal);
}

/** Return what holds answers: kept for half a minute, asked for again when they failed, never faster than 10 s. */
export function makeQueryClient(): QueryClient {
  // Drawn in the turn in which an answer comes: a timer waits until others had theirs.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: "always",
        staleTime: 30_000,
        retry: isWorthRetrying,
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5_000) * (0.75 + Math.random() / 2),
        // What failed is tried again by itself, so that a page recovers with its server.
        refetchInterval: ({ state }) =>
          state.error && (!(state.error instanceof Problem) || state.error.mayHeal) ? POLL_MILLISECONDS : false,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

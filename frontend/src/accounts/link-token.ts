import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

function readToken(): string {
  return new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "";
}

/**
 * Return the secret of a link that was sent to somebody; an empty text: the address holds none; null: it is not
 * known yet. It stands behind the `#`, which no browser sends to a server.
 */
export function useLinkToken(): string | null {
  return useSyncExternalStore(subscribe, readToken, () => null);
}

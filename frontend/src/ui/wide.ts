import { useSyncExternalStore } from "react";

/** Where the styles' `xl` begins: there is room for a column beside a list. */
const WIDE = "(min-width: 80rem)";

export function isWide(): boolean {
  return typeof window !== "undefined" && window.matchMedia(WIDE).matches;
}

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, isWide, () => false);
}

function subscribe(listener: () => void): () => void {
  const room = window.matchMedia(WIDE);
  room.addEventListener("change", listener);
  return () => room.removeEventListener("change", listener);
}

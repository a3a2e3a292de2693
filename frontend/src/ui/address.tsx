import { useRouter } from "next/router";
import { useDeferredValue, useMemo, useSyncExternalStore, type ReactNode } from "react";

type Values = Record<string, string | readonly string[] | null>;

const listeners = new Set<() => void>();
/** What stood in the query of each page when it was the one that is shown. */
const queries = new Map<string, string>();

function takeNote(): void {
  queries.set(window.location.pathname, window.location.search);
}

/** Call `listener` each time that the address of this page changes, before anything is drawn for it. */
export function onAddressChange(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

/**
 * Change parameters of the address and keep the others: null or nothing takes one away. The page is not asked
 * for again, and what uses {@link useParameters} follows.
 */
export function changeAddress(values: Values, how: "replace" | "push" = "replace"): void {
  const parameters = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(values)) {
    parameters.delete(name);
    for (const each of typeof value === "string" ? [value] : (value ?? [])) {
      if (each) parameters.append(name, each);
    }
  }
  goToQuery(parameters.toString(), how);
}

/** Go to other parameters of this page, such as `q=roof&status=open`; those of now are gone. */
export function goToQuery(query: string, how: "replace" | "push" = "push"): void {
  const address = query ? `${window.location.pathname}?${query}` : window.location.pathname;
  // The router reads there what to show when one comes back.
  const state: unknown = { ...(window.history.state as object | null), url: address, as: address };
  window.history[how === "push" ? "pushState" : "replaceState"](state, "", address);
  listeners.forEach((listener) => listener());
}

/** Return the path of the page, such as `/websites/`. */
export function usePath(): string {
  const { pathname } = useRouter();
  return pathname === "/" ? pathname : `${pathname}/`;
}

/**
 * Return the parameters of the address. Pages are built without any, so what reads them stands inside
 * {@link OnceHere}; while another page is on its way, they stay those of this one.
 */
export function useParameters(): URLSearchParams {
  const path = usePath();
  const query = useSyncExternalStore(
    onAddressChange,
    () => {
      takeNote();
      return queries.get(path) ?? "";
    },
    () => "",
  );
  return useMemo(() => new URLSearchParams(query), [query]);
}

/** Return the `id` of an address such as `/opportunity/?id=…`. */
export function useAddressId(): string | null {
  return useParameters().get("id");
}

/**
 * Shows `fallback` in the page as it is built, and the rest once it is in a browser, which knows the address; that
 * is drawn piece by piece, so that the page answers meanwhile.
 */
export function OnceHere({ fallback, children }: { fallback: ReactNode; children: ReactNode }): ReactNode {
  const isHere = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return useDeferredValue(isHere) ? children : fallback;
}

function never(): () => void {
  return () => undefined;
}

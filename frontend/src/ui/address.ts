import { useSearchParams } from "next/navigation";

type Values = Record<string, string | readonly string[] | null>;

/**
 * Change parameters of the address and keep the others: null or nothing takes one away. The page is not asked
 * for again, and what uses {@link useSearchParams} follows.
 */
export function changeAddress(values: Values, how: "replace" | "push" = "replace"): void {
  const parameters = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(values)) {
    parameters.delete(name);
    for (const each of typeof value === "string" ? [value] : (value ?? [])) {
      if (each) parameters.append(name, each);
    }
  }
  const query = parameters.toString();
  const address = query ? `${window.location.pathname}?${query}` : window.location.pathname;
  window.history[how === "push" ? "pushState" : "replaceState"](null, "", address);
}

/** Return the `id` of an address such as `/opportunity/?id=…`. */
export function useAddressId(): string | null {
  return useSearchParams().get("id");
}

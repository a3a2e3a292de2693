import type { opportunity } from "@/words/en/opportunity";
import type { PlainKey } from "@/words/words";

/** How a value was read, in words: the kind before the colon says where it stood. */
const KINDS: Record<string, PlainKey<typeof opportunity>> = {
  declared: "method.declared",
  label: "method.label",
  heading: "method.heading",
  prose: "method.prose",
  link: "method.link",
  row: "method.row",
  feed: "method.feed",
  language_model: "method.language_model",
};

export function methodKey(method: string): PlainKey<typeof opportunity> {
  return KINDS[method.split(":", 1)[0] ?? ""] ?? "method.other";
}

const LONGEST_WHOLE = 90;
const WORDS_AT_ENDS = 4;

/** Return an address at which a browser shows a page with these words of it highlighted (a text fragment). */
export function highlightedAt(address: string, quote: string): string {
  const words = quote.replace(/…$/, "").trim().split(/\s+/);
  const parts =
    quote.length <= LONGEST_WHOLE || words.length <= 2 * WORDS_AT_ENDS
      ? [words.join(" ")]
      : [words.slice(0, WORDS_AT_ENDS).join(" "), words.slice(-WORDS_AT_ENDS).join(" ")];
  const fragment = parts.map((part) => encodeURIComponent(part).replace(/-/g, "%2D")).join(",");
  const [page = address, place = ""] = address.split("#");
  // A PDF is opened on its page; what else a fragment names is a place in a document that programs read.
  return `${page}#${place.startsWith("page=") ? place : ""}:~:text=${fragment}`;
}

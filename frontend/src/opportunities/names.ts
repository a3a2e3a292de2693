import { useT } from "@/words/provider";

import type { Several, Status } from "./asked";

const STATUS_WORDS = {
  open: "status.open",
  forthcoming: "status.forthcoming",
  closed: "status.closed",
  unknown: "status.unknown",
} as const satisfies Record<Status, string>;

/** Return the function that names a value of a filter as people do. */
export function useNames(): (filter: Several, value: string, name: string) => string {
  const t = useT();
  return (filter, value, name) =>
    filter === "status" && value in STATUS_WORDS ? t(STATUS_WORDS[value as Status]) : name;
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useDeferredValue, useEffect, useRef, useState } from "react";

import { answer, api } from "@/api/client";
import { changeAddress } from "@/ui/address";
import { Combobox } from "@/ui/combobox";
import { useShortcut } from "@/ui/shortcuts";
import { useT } from "@/words/provider";

const SETTLED_MILLISECONDS = 250;
const SHORTEST = 2;

/** The search of the whole app. On the list it narrows while one types; from elsewhere Enter leads to the list. */
export function SearchBox() {
  const t = useT();
  const router = useRouter();
  const isOnList = usePathname() === "/";
  const asked = useSearchParams().get("q") ?? "";
  const [typed, setTyped] = useState(isOnList ? asked : "");
  const [shownFor, setShownFor] = useState(asked);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Going back, or a link with words in it, shows these words.
  if (isOnList && asked !== shownFor) {
    setShownFor(asked);
    setTyped(asked);
  }
  useShortcut("/", () => {
    input.current?.focus();
    input.current?.select();
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  const beginning = useDeferredValue(typed.trim());
  const { data } = useQuery({
    queryKey: ["suggestions", beginning],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/opportunities/suggestions", { params: { query: { q: beginning } }, signal })),
    enabled: beginning.length >= SHORTEST && beginning !== asked,
    placeholderData: (before) => before,
  });
  const suggestions =
    beginning.length >= SHORTEST && beginning !== asked
      ? [...new Set([...(data?.titles ?? []), ...(data?.organisations ?? [])])].slice(0, 8)
      : [];

  function search(words: string): void {
    clearTimeout(timer.current);
    if (isOnList) {
      setShownFor(words);
      changeAddress({ q: words || null, from: null });
    } else if (words) {
      router.push(`/?q=${encodeURIComponent(words)}`);
    }
  }

  return (
    <form role="search" onSubmit={(event) => event.preventDefault()}>
      <Combobox
        ref={input}
        label={t("search.label")}
        placeholder={t("search.placeholder")}
        value={typed}
        suggestions={suggestions}
        icon={<Search className="size-4" />}
        after={typed === "" && <kbd className="border-line hidden md:inline text-muted rounded border px-1 font-mono text-2xs">/</kbd>}
        onType={(text) => {
          setTyped(text);
          clearTimeout(timer.current);
          if (isOnList) timer.current = setTimeout(() => search(text.trim()), SETTLED_MILLISECONDS);
        }}
        onSubmit={(text) => search(text.trim())}
      />
    </form>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useRouter } from "next/router";
import { useEffect, useRef, useState } from "react";

import { answer, api } from "@/api/client";
import { changeAddress, useParameters, usePath } from "@/ui/address";
import type { Combobox as ComboboxComponent } from "@/ui/combobox";
import { useShortcut } from "@/ui/shortcuts";
import { useT } from "@/words/provider";

const SETTLED_MILLISECONDS = 250;
/** Who types on is not asked for at each letter: what they want is found sooner. */
const SUGGESTED_MILLISECONDS = 80;
const SHORTEST = 2;

/** The search of the whole app. On the list it narrows while one types; from elsewhere Enter leads to the list. */
export function SearchBox() {
  const t = useT();
  const router = useRouter();
  const isOnList = usePath() === "/";
  const asked = useParameters().get("q") ?? "";
  const [typed, setTyped] = useState(isOnList ? asked : "");
  const [shownFor, setShownFor] = useState(asked);
  const input = useRef<HTMLInputElement>(null);
  const [isTyping, setIsTyping] = useState(false);
  const [beginning, setBeginning] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const suggesting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [Combobox, setCombobox] = useState<typeof ComboboxComponent | null>(null);

  // Going back, or a link with words in it, shows these words.
  if (isOnList && asked !== shownFor) {
    setShownFor(asked);
    setTyped(asked);
  }
  useShortcut("/", () => {
    input.current?.focus();
    input.current?.select();
  });
  useEffect(() => stop, []);

  const { data } = useQuery({
    queryKey: ["suggestions", beginning],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/opportunities/suggestions", { params: { query: { q: beginning } }, signal })),
    enabled: isTyping && beginning.length >= SHORTEST,
    placeholderData: (before) => before,
  });
  const suggestions =
    isTyping && beginning.length >= SHORTEST
      ? [...new Set([...(data?.titles ?? []), ...(data?.organisations ?? [])])].slice(0, 8)
      : [];

  function stop(): void {
    clearTimeout(timer.current);
    clearTimeout(suggesting.current);
  }

  function search(words: string): void {
    clearTimeout(timer.current);
    if (isOnList) {
      setShownFor(words);
      changeAddress({ q: words || null, from: null });
    } else if (words) {
      void router.push(`/?q=${encodeURIComponent(words)}`);
    }
  }

  function submit(text: string): void {
    stop();
    setIsTyping(false);
    setBeginning("");
    search(text.trim());
  }

  function onType(text: string): void {
    setTyped(text);
    setIsTyping(true);
    stop();
    suggesting.current = setTimeout(() => setBeginning(text.trim()), SUGGESTED_MILLISECONDS);
    if (isOnList) timer.current = setTimeout(() => search(text.trim()), SETTLED_MILLISECONDS);
  }

  // What suggests loads when somebody begins; until then, and where it cannot load, this is a plain field.
  function onBegin(): void {
    import("@/ui/combobox").then(
      (loaded) => setCombobox(() => loaded.Combobox),
      () => undefined,
    );
  }

  const about = { ref: input, placeholder: t("search.placeholder"), value: typed };
  return (
    <form
      role="search"
      className="relative"
      onSubmit={(event) => {
        event.preventDefault();
        if (!Combobox) submit(typed);
      }}
    >
      <Search aria-hidden className="text-muted pointer-events-none absolute top-2 left-2.5 size-4" />
      {Combobox ? (
        <Combobox
          {...about}
          takesFocus
          label={t("search.label")}
          suggestions={suggestions}
          className="pl-8"
          onType={onType}
          onSubmit={submit}
          onDismiss={() => setIsTyping(false)}
        />
      ) : (
        <input
          {...about}
          type="search"
          enterKeyHint="search"
          aria-label={t("search.label")}
          className="field pl-8"
          onFocus={onBegin}
          onChange={(event) => onType(event.target.value)}
        />
      )}
      {typed === "" && (
        <kbd
          aria-hidden
          className="border-line text-muted pointer-events-none absolute top-2 right-2.5 hidden rounded border px-1 font-mono text-2xs md:inline"
        >
          /
        </kbd>
      )}
    </form>
  );
}

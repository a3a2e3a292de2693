import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";

import { remembered } from "@/ui/remembered";

import { en } from "./en";
import {
  LANGUAGES,
  speaker,
  type Catalogue,
  type Common,
  type Language,
  type Say,
  type Words,
} from "./words";

/** Languages whose words are asked for when somebody speaks them. What the pages say in English comes with them. */
const CATALOGUES: Record<Exclude<Language, "en">, () => Promise<Catalogue>> = {
  fr: async () => (await import("./fr")).fr,
};

/** The language that a person chose here; null: as the browser says. */
export const chosenLanguage = remembered<Language>("hoist.language", (text) => text in LANGUAGES);

interface Speech {
  language: Language;
  locale: string;
  /** null: what the pages were built with. */
  catalogue: Catalogue | null;
}

const Speaking = createContext<Speech>({ language: "en", locale: "en", catalogue: null });

/** Say everything below in the person's language. Pages are built in English, so that is what comes first. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const chosen = chosenLanguage.use();
  const [spoken, setSpoken] = useState<Pick<Speech, "language" | "catalogue">>({ language: "en", catalogue: null });

  useEffect(() => {
    let isCurrent = true;
    const language = chosen ?? ofBrowser();
    catalogueOf(language)
      .catch(() => null)
      .then((catalogue) => {
        if (!isCurrent) return;
        setSpoken({ language: catalogue ? language : "en", catalogue });
        document.documentElement.lang = catalogue ? language : "en";
        delete document.documentElement.dataset["waiting"];
      })
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [chosen]);

  const speech = useMemo<Speech>(() => ({ ...spoken, locale: localeOf(spoken.language) }), [spoken]);
  return <Speaking value={speech}>{children}</Speaking>;
}

/**
 * Return the function that says things: `t("nav.jobs")` anywhere; with the words of a room, or of two, also
 * theirs: `const t = useT(jobs)`, then `t("jobs.count", { count: 3 })`. Naming them is what loads them.
 */
export function useT<R extends Words = Common, O extends Words = Common>(room?: R, other?: O): Say<Common & R & O> {
  const { language, catalogue } = useContext(Speaking);
  return useMemo(
    () => speaker(language, catalogue ? [catalogue] : [room ?? en, other ?? en, en]),
    [language, catalogue, room, other],
  );
}

export function useLanguage(): Language {
  return useContext(Speaking).language;
}

/** How days and numbers are written: as the browser has it for this language, such as `en-GB`. */
export function useLocale(): string {
  return useContext(Speaking).locale;
}

function catalogueOf(language: Language): Promise<Catalogue | null> {
  return language === "en" ? Promise.resolve(null) : CATALOGUES[language]();
}

function localeOf(language: Language): string {
  if (typeof navigator === "undefined") return language;
  return navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() === language) ?? language;
}

function ofBrowser(): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return (wanted.find((tag) => tag in LANGUAGES) ?? "en") as Language;
}

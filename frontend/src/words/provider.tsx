import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";

import { remembered } from "@/ui/remembered";

import { en } from "./en";
import {
  LANGUAGES,
  speaker,
  type Common,
  type Foreign,
  type Language,
  type Say,
  type Words,
} from "./words";

/** Languages whose words are asked for when somebody speaks them. What the pages say in English comes with them. */
const CATALOGUES: Record<Exclude<Language, "en">, () => Promise<Foreign>> = {
  fr: async () => (await import("./fr")).fr,
};

/** The language that a person chose here; null: as the browser says. */
export const chosenLanguage = remembered<Language>("hoist.language", (text) => text in LANGUAGES);

interface Speech {
  language: Language;
  locale: string;
  /** null: what the pages were built with. */
  foreign: Foreign | null;
}

const Speaking = createContext<Speech>({ language: "en", locale: "en", foreign: null });

/** Say everything below in the person's language. Pages are built in English, so that is what comes first. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const chosen = chosenLanguage.use();
  const [spoken, setSpoken] = useState<Pick<Speech, "language" | "foreign">>({ language: "en", foreign: null });

  useEffect(() => {
    let isCurrent = true;
    const language = chosen ?? ofBrowser();
    foreignOf(language)
      .catch(() => null)
      .then((foreign) => {
        if (!isCurrent) return;
        setSpoken({ language: foreign ? language : "en", foreign });
        document.documentElement.lang = foreign ? language : "en";
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
  const { language, foreign } = useContext(Speaking);
  return useMemo(
    () => speaker(language, foreign ? [foreign.catalogue] : [room ?? en, other ?? en, en]),
    [language, foreign, room, other],
  );
}

export function useLanguage(): Language {
  return useContext(Speaking).language;
}

/** How days and numbers are written: as the browser has it for this language, such as `en-GB`. */
export function useLocale(): string {
  return useContext(Speaking).locale;
}

/** Return what stands in place of a sentence of the server's; null: its own must do, which is English. */
export function useDescription(of: string): string | null {
  return useContext(Speaking).foreign?.descriptions[of] ?? null;
}

function foreignOf(language: Language): Promise<Foreign | null> {
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

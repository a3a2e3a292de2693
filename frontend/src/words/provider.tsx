"use client";

import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";

import { remembered } from "@/ui/remembered";

import { en } from "./en";
import { LANGUAGES, speaker, type Catalogue, type Language, type Say } from "./words";

const CATALOGUES: Record<Language, () => Promise<Catalogue>> = {
  en: () => Promise.resolve(en),
  fr: async () => (await import("./fr")).fr,
};

/** The language that a person chose here; null: as the browser says. */
export const chosenLanguage = remembered<Language>("hoist.language", (text) => text in LANGUAGES);

interface Speech {
  t: Say;
  language: Language;
  locale: string;
}

const Speaking = createContext<Speech>({ t: speaker(en, "en"), language: "en", locale: "en" });

/** Say everything below in the person's language. Pages are built in English, so that is what comes first. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const chosen = chosenLanguage.use();
  const [spoken, setSpoken] = useState<{ language: Language; catalogue: Catalogue }>({
    language: "en",
    catalogue: en,
  });

  useEffect(() => {
    let isCurrent = true;
    const language = chosen ?? ofBrowser();
    CATALOGUES[language]()
      .catch(() => en)
      .then((catalogue) => {
        if (!isCurrent) return;
        setSpoken({ language, catalogue });
        document.documentElement.lang = language;
        delete document.documentElement.dataset["waiting"];
      })
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [chosen]);

  const speech = useMemo<Speech>(
    () => ({
      language: spoken.language,
      locale: localeOf(spoken.language),
      t: speaker(spoken.catalogue, spoken.language),
    }),
    [spoken],
  );
  return <Speaking value={speech}>{children}</Speaking>;
}

/** Return the function that says things: `t("nav.jobs")`, `t("list.count", { count: 3 })`. */
export function useT(): Say {
  return useContext(Speaking).t;
}

export function useLanguage(): Language {
  return useContext(Speaking).language;
}

/** How days and numbers are written: as the browser has it for this language, such as `en-GB`. */
export function useLocale(): string {
  return useContext(Speaking).locale;
}

function localeOf(language: Language): string {
  if (typeof navigator === "undefined") return language;
  return navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() === language) ?? language;
}

function ofBrowser(): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return (wanted.find((tag) => tag in LANGUAGES) ?? "en") as Language;
}

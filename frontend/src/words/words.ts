import { numberFormat } from "@/ui/formats";

import type { en } from "./en";
import type { accounts } from "./en/accounts";
import type { dashboard } from "./en/dashboard";
import type { jobs } from "./en/jobs";
import type { opportunities } from "./en/opportunities";
import type { opportunity } from "./en/opportunity";
import type { settings } from "./en/settings";
import type { websites } from "./en/websites";

/** A sentence, or one for each count that a language tells apart (CLDR's plural categories). */
export type Phrase = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

/** What a room says, by key. */
export type Words = Readonly<Record<string, Phrase>>;

/** What is said everywhere. */
export type Common = typeof en;

type English = Common &
  typeof accounts &
  typeof dashboard &
  typeof jobs &
  typeof opportunities &
  typeof opportunity &
  typeof settings &
  typeof websites;

/** All that every room says, in another language. */
export type Catalogue = Readonly<Record<keyof English, Phrase>>;

/** Another language: all that pages say, and what stands in place of sentences of the server's, by what they are of. */
export interface Foreign {
  catalogue: Catalogue;
  descriptions: Readonly<Record<string, string>>;
}

export const LANGUAGES = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof LANGUAGES;

type Named<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type Texts<P> = P extends string ? P : P[keyof P];

/** What a phrase needs to be said: nothing, or a value for each `{name}` in it. */
type Given<P> = [Named<Texts<P>>] extends [never] ? [] : [values: Record<Named<Texts<P>>, string | number>];

/** The keys of phrases that need nothing. */
export type PlainKey<W = Common> = { [K in keyof W]: Given<W[K]> extends [] ? K : never }[keyof W];

export type Say<W = Common> = <K extends keyof W>(key: K, ...given: Given<W[K]>) => string;

/** Return the function that says things with what stands in any of `words`. `{count}` chooses among plurals. */
export function speaker<W>(language: Language, words: readonly Words[]): Say<W> {
  return (key, ...given) => {
    const values: Partial<Record<string, string | number>> = given[0] ?? {};
    const name = String(key);
    const phrase = words.find((each) => name in each)?.[name] ?? name;
    const text =
      typeof phrase === "string"
        ? phrase
        : (phrase[pluralOf(language, Number(values["count"] ?? 0))] ?? phrase.other);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return typeof value === "number" ? numberFormat(language).format(value) : (value ?? whole);
    });
  };
}

const plurals: Partial<Record<Language, Intl.PluralRules>> = {};

function pluralOf(language: Language, count: number): Intl.LDMLPluralRule {
  return (plurals[language] ??= new Intl.PluralRules(language)).select(count);
}

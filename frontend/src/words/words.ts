import type { en } from "./en";

/** A sentence, or one for each count that a language tells apart (CLDR's plural categories). */
export type Phrase = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

export type Key = keyof typeof en;
export type Catalogue = Readonly<Record<Key, Phrase>>;

export const LANGUAGES = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof LANGUAGES;

type Named<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type Texts<P> = P extends string ? P : P[keyof P];
type Values<K extends Key> = Record<Named<Texts<(typeof en)[K]>>, string | number>;

/** What a phrase needs to be said: nothing, or a value for each `{name}` in it. */
export type Given<K extends Key> = [Named<Texts<(typeof en)[K]>>] extends [never] ? [] : [values: Values<K>];

/** The keys of phrases that need nothing. */
export type PlainKey = { [K in Key]: Given<K> extends [] ? K : never }[Key];

export type Say = <K extends Key>(key: K, ...given: Given<K>) => string;

/** Return the function that says things in a language. `{count}` chooses among a phrase's plurals. */
export function speaker(catalogue: Catalogue, language: Language): Say {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, ...given) => {
    const values: Partial<Record<string, string | number>> = given[0] ?? {};
    const phrase = catalogue[key];
    const count = Number(values["count"] ?? 0);
    const text = typeof phrase === "string" ? phrase : (phrase[plurals.select(count)] ?? phrase.other);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return typeof value === "number" ? numbers.format(value) : (value ?? whole);
    });
  };
}

import { expect, test } from "vitest";

import { en } from "./en";
import { fr } from "./fr";
import { speaker, type Catalogue, type Phrase } from "./words";

function namesOf(phrase: Phrase): string[] {
  const text = typeof phrase === "string" ? phrase : phrase.other;
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").sort();
}

test("every language says the same things, with the same values in them", () => {
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  const english: Catalogue = en;
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(namesOf(fr[key]), key).toEqual(namesOf(english[key]));
  }
});

test("values are filled in", () => {
  expect(speaker(en, "en")("account.of", { name: "Ada" })).toBe("Signed in as Ada");
});

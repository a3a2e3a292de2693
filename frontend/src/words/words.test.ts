import { expect, test } from "vitest";

import { en as common } from "./en";
import { accounts } from "./en/accounts";
import { dashboard } from "./en/dashboard";
import { jobs } from "./en/jobs";
import { opportunities } from "./en/opportunities";
import { opportunity } from "./en/opportunity";
import { settings } from "./en/settings";
import { websites } from "./en/websites";
import { fr } from "./fr";
import { speaker, type Catalogue, type Phrase } from "./words";

const ROOMS = [common, accounts, dashboard, jobs, opportunities, opportunity, settings, websites];
const en: Catalogue = {
  ...common,
  ...accounts,
  ...dashboard,
  ...jobs,
  ...opportunities,
  ...opportunity,
  ...settings,
  ...websites,
};

function namesOf(phrase: Phrase): string[] {
  const text = typeof phrase === "string" ? phrase : phrase.other;
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").sort();
}

test("every language says the same things, with the same values in them", () => {
  expect(Object.keys(fr.catalogue).sort()).toEqual(Object.keys(en).sort());
  for (const key of Object.keys(en) as (keyof Catalogue)[]) {
    expect(namesOf(fr.catalogue[key]), key).toEqual(namesOf(en[key]));
  }
});

test("no two rooms say something by the same key", () => {
  expect(ROOMS.flatMap((room) => Object.keys(room)).length).toBe(Object.keys(en).length);
});

test("values are filled in, and a room is heard beside what is said everywhere", () => {
  const t = speaker<typeof common & typeof jobs>("en", [jobs, common]);
  expect(t("account.of", { name: "Ada" })).toBe("Signed in as Ada");
  expect(t("jobs.count", { count: 1200 })).toBe("1,200 jobs");
});

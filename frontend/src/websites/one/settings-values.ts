import type { Schemas } from "@/api/client";

import type { Website } from "../asked";
import { tagsOf } from "../tags";

/** A website's settings as they stand in a form: what may be missing is an empty text. */
export interface Values {
  name: string;
  description: string;
  category: string;
  region: string;
  tags: string;
  schedule: string;
  quiet_hours: string;
  timezone: string;
  render: Website["render"];
  active: boolean;
}

const TEXTS = ["name", "description", "category", "region", "schedule", "quiet_hours", "timezone"] as const;

export function valuesOf(website: Website): Values {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, website[name] ?? ""])) as Record<
    (typeof TEXTS)[number],
    string
  >;
  return { ...texts, tags: website.tags.join(", "), render: website.render ?? "auto", active: website.active };
}

/** Return what is to be changed for a website to have these values; an empty text takes a value away. */
export function changesOf(website: Website, values: Values): Schemas["WebsiteChanges"] {
  const before = valuesOf(website);
  const changes: Schemas["WebsiteChanges"] = {};
  for (const name of TEXTS) {
    const text = values[name].trim();
    if (text !== before[name]) changes[name] = text || null;
  }
  const tags = tagsOf(values.tags);
  if (tags.join() !== website.tags.join()) changes.tags = tags;
  if (values.render !== before.render) changes.render = values.render ?? "auto";
  if (values.active !== before.active) changes.active = values.active;
  return changes;
}

import type { Setting, Value } from "./groups";

/** What was typed and not saved yet, by the name of its setting; null: back to the default. */
export type Draft = Readonly<Record<string, string | boolean | null>>;

/** Return what is in the field of a setting. */
export function shownIn(setting: Setting, draft: Draft): string | boolean {
  const drafted = draft[setting.name];
  const value: Value = drafted === undefined ? setting.value : drafted === null ? setting.default : drafted;
  return typeof value === "boolean" ? value : String(value ?? "");
}

/** Return the draft with one field changed; what is as it was before is no change. */
export function withChange(draft: Draft, setting: Setting, typed: string | boolean | null): Draft {
  const rest = Object.fromEntries(Object.entries(draft).filter(([name]) => name !== setting.name));
  const isAsBefore = typed !== null && String(typed) === String(setting.value ?? "");
  return isAsBefore ? rest : { ...rest, [setting.name]: typed };
}

/** Return what to send: numbers as numbers. What is none is sent as it is, and the server says why not. */
export function changesOf(draft: Draft, settings: readonly Setting[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(draft).map(([name, typed]) => {
      const kind = settings.find((setting) => setting.name === name)?.limits?.kind;
      const isNumber = kind === "number" || kind === "whole number";
      const number = typeof typed === "string" && typed.trim() !== "" ? Number(typed.replace(",", ".")) : NaN;
      return [name, isNumber && Number.isFinite(number) ? number : typed];
    }),
  );
}

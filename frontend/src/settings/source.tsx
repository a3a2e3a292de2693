import { Badge } from "@/ui/badge";
import { numberFormat } from "@/ui/formats";
import { settings } from "@/words/en/settings";
import { useLocale, useT } from "@/words/provider";

import { unitOf, type Setting, type Value } from "./groups";

const SOURCES = {
  command: { name: "source.command", tone: "warn" },
  environment: { name: "source.environment", tone: "warn" },
  stored: { name: "source.stored", tone: "accent" },
  default: { name: "source.default", tone: "neutral" },
} as const;

/** Words for values that are no names of anything. */
export const CHOICES = {
  auto: "choice.auto",
  never: "choice.never",
  true: "choice.yes",
  false: "choice.no",
} as const;

/** Where a value comes from. */
export function SourceBadge({ source }: { source: Setting["source"] }) {
  const t = useT(settings);
  return <Badge tone={SOURCES[source].tone}>{t(SOURCES[source].name)}</Badge>;
}

/** A value as people read it. */
export function ShownValue({ value, name }: { value: Value; name: string }) {
  const t = useT(settings);
  const locale = useLocale();
  const unit = unitOf(name);
  if (value === null || (Array.isArray(value) && value.length === 0)) return <>{t("settings.nothing")}</>;
  if (typeof value === "boolean") return <>{t(value ? "choice.yes" : "choice.no")}</>;
  if (typeof value === "number") {
    if (unit) return <>{t(unit.amount, { count: value })}</>;
    return <>{name === "port" ? value : numberFormat(locale).format(value)}</>;
  }
  if (Array.isArray(value)) return <>{value.join(", ")}</>;
  return <>{value in CHOICES ? t(CHOICES[value as keyof typeof CHOICES]) : value}</>;
}

import { numberFormat } from "@/ui/formats";
import { settings } from "@/words/en/settings";
import { useLocale, useT } from "@/words/provider";

import type { Setting } from "./groups";

/** Return in words how much a setting takes; an empty text where it has no limits. */
export function useLimits(setting: Setting): string {
  const t = useT(settings);
  const locale = useLocale();
  const numbers = numberFormat(locale);
  const { least = null, above = null, most = null } = setting.limits ?? {};
  if (least !== null && most !== null) {
    return t("limits.between", { least: numbers.format(least), most: numbers.format(most) });
  }
  if (above !== null && most !== null) {
    return t("limits.above_to", { above: numbers.format(above), most: numbers.format(most) });
  }
  return least !== null ? t("limits.least", { least: numbers.format(least) }) : "";
}

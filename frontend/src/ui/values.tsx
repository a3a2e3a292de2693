import { useLocale, useT } from "@/words/provider";

import { dateFormat, numberFormat, relativeFormat } from "./formats";
import { useNow } from "./now";
import { chosenZone } from "./zone";

const SECONDS = { minute: 60, hour: 3_600, day: 86_400, week: 604_800, month: 2_629_800, year: 31_557_600 };

/** Return "3 hours ago" or "in 2 days". */
export function relative(at: Date, now: Date, locale: string): string {
  const seconds = (at.getTime() - now.getTime()) / 1_000;
  const size = Math.abs(seconds);
  if (size < SECONDS.minute) return relativeFormat(locale, { numeric: "auto" }).format(0, "second");
  // Counted, not named: in 45 hours it may be the day after tomorrow.
  const words = relativeFormat(locale);
  const units = Object.entries(SECONDS).filter(([, length]) => size >= length);
  const [unit, length] = units[units.length - 1] as [Intl.RelativeTimeFormatUnit, number];
  return words.format(Math.trunc(seconds / length), unit);
}

/** An instant, in words; pointed at, it says its day and time in the reader's zone. */
export function DateText({ at, isRelative = true }: { at: string; isRelative?: boolean }) {
  const locale = useLocale();
  const now = useNow();
  const zone = chosenZone.use();
  const instant = new Date(at);
  const full = dateFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    ...(zone && { timeZone: zone }),
  }).format(instant);
  return (
    <time dateTime={at} title={full} className="whitespace-nowrap">
      {isRelative ? relative(instant, now, locale) : full}
    </time>
  );
}

/** A day as a page prints it, whatever zone the reader is in: `2031-03-01`. */
export function Day({ day }: { day: string }) {
  const locale = useLocale();
  const [year = 0, month = 1, date = 1] = day.slice(0, 10).split("-").map(Number);
  const text = dateFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(
    Date.UTC(year, month - 1, date),
  );
  return (
    <time dateTime={day} className="whitespace-nowrap">
      {text}
    </time>
  );
}

interface Range {
  min: number | null;
  max: number | null;
  currency: string | null;
}

/** An amount or a range in its own currency; nothing where the page says none. */
export function Money({ min, max, currency }: Range) {
  const t = useT();
  const locale = useLocale();
  if (min === null && max === null) return null;
  const numbers = moneyFormat(currency, locale);
  const text =
    min !== null && max !== null && min !== max
      ? numbers.formatRange(min, max)
      : max === null
        ? t("money.from", { amount: numbers.format(min ?? 0) })
        : min === null
          ? t("money.up_to", { amount: numbers.format(max) })
          : numbers.format(max);
  return <span className="numbers whitespace-nowrap">{text}</span>;
}

function moneyFormat(currency: string | null, locale: string): Intl.NumberFormat {
  const shape = { maximumFractionDigits: 0 } as const;
  try {
    return numberFormat(locale, currency ? { ...shape, style: "currency", currency } : shape);
  } catch {
    // A page may name a currency that nobody else knows.
    return numberFormat(locale, shape);
  }
}

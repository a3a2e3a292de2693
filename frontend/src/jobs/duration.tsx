import { useEffect, useState } from "react";

import { numberFormat } from "@/ui/formats";
import { useLocale } from "@/words/provider";

const MINUTE = 60;
const HOUR = 3_600;

/** Return "42 s", "3 min 20 s" or "1 h 5 min". */
export function durationText(seconds: number, locale: string): string {
  const say = (value: number, unit: "second" | "minute" | "hour") =>
    numberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0 }).format(
      Math.floor(value),
    );
  if (seconds < MINUTE) return say(seconds, "second");
  if (seconds < HOUR) return `${say(seconds / MINUTE, "minute")} ${say(seconds % MINUTE, "second")}`;
  return `${say(seconds / HOUR, "hour")} ${say((seconds % HOUR) / MINUTE, "minute")}`;
}

/** How long something took, or has been taking: then it counts on. */
export function Duration({ from, to }: { from: string; to: string | null }) {
  const locale = useLocale();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (to !== null) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [to]);
  const end = to === null ? now : Date.parse(to);
  const text = durationText(Math.max(0, (end - Date.parse(from)) / 1_000), locale);
  return <span className="numbers whitespace-nowrap">{text}</span>;
}

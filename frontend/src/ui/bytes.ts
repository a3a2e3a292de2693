import { numberFormat } from "./formats";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** Return "640 byte", "1.2 MB": thousands, as disks and networks are counted. */
export function bytesText(bytes: number, locale: string): string {
  const step = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return numberFormat(locale, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}

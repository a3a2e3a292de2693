const HOUR_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;
const SOON_DAYS = 7;

export interface Closing {
  kind: "none" | "closed" | "forthcoming" | "hours" | "days";
  count: number;
  isSoon: boolean;
}

interface Call {
  status: string;
  closes_at: string | null;
}

/** Say how long one may still apply: in days, on the last day in hours. */
export function closingOf(call: Call, now: Date): Closing {
  if (call.status === "closed") return { kind: "closed", count: 0, isSoon: false };
  if (call.closes_at === null) {
    return { kind: call.status === "forthcoming" ? "forthcoming" : "none", count: 0, isSoon: false };
  }
  const left = new Date(call.closes_at).getTime() - now.getTime();
  if (left <= 0) return { kind: "closed", count: 0, isSoon: false };
  if (left < DAY_MILLISECONDS) {
    return { kind: "hours", count: Math.max(1, Math.floor(left / HOUR_MILLISECONDS)), isSoon: true };
  }
  const days = Math.floor(left / DAY_MILLISECONDS);
  return { kind: "days", count: days, isSoon: days <= SOON_DAYS };
}

/** Return the time of day that a page prints with a deadline: "14:00" of `2027-02-09T14:00:00`. */
export function timeOfDay(deadline: string): string | null {
  return /T(\d{2}:\d{2})/.exec(deadline)?.[1] ?? null;
}

export const STALE_DAYS = 7;

/** Whether a call was not confirmed by its page for so long that it should be checked. */
export function isStale(verifiedAt: string | null, now: Date): boolean {
  return verifiedAt === null || now.getTime() - new Date(verifiedAt).getTime() > STALE_DAYS * DAY_MILLISECONDS;
}

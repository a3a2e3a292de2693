interface Day {
  day: string;
  new_opportunities: number;
}

export interface Week {
  /** Its Monday: `2031-02-03`. */
  monday: string;
  count: number;
}

const DAY_MILLISECONDS = 86_400_000;

function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  const sinceMonday = (at.getUTCDay() + 6) % 7;
  return new Date(at.getTime() - sinceMonday * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** Put days together by weeks, which begin on Monday. One that is not there from its Monday on is left out. */
export function weeksOf(days: readonly Day[]): readonly Week[] {
  const counts = new Map<string, number>();
  for (const { day, new_opportunities } of days) {
    const monday = mondayOf(day);
    if (monday === day || counts.has(monday)) counts.set(monday, (counts.get(monday) ?? 0) + new_opportunities);
  }
  return [...counts].map(([monday, count]) => ({ monday, count }));
}

/** Return how many were first seen on the last days, today included. */
export function countOfLast(days: readonly Day[], count: number): number {
  return days.slice(-count).reduce((sum, day) => sum + day.new_opportunities, 0);
}

/** Return the months from one on, without a gap, each with its count: `2031-03`. */
export function monthsFrom(
  first: string,
  counts: readonly { value: string; count: number }[],
  most: number,
): readonly { month: string; count: number }[] {
  const known = new Map(counts.map(({ value, count }) => [value, count]));
  const last = counts.reduce((latest, { value }) => (value > latest ? value : latest), first);
  const months: { month: string; count: number }[] = [];
  const [year = 0, number = 1] = first.split("-").map(Number);
  for (let index = 0; index < most; index += 1) {
    const month = new Date(Date.UTC(year, number - 1 + index, 1)).toISOString().slice(0, 7);
    if (month > last) break;
    months.push({ month, count: known.get(month) ?? 0 });
  }
  return months;
}

const DAY = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Days of the weeks that a month, `2026-03`, touches, week by week. `firstDay`: on which a week begins, 1 Monday to 7 Sunday. */
export function weeksOf(month: string, firstDay: number): string[][] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const before = (new Date(first).getUTCDay() - firstDay + 7) % 7;
  const weeks: string[][] = [];
  for (let week = first - before * DAY; week === first - before * DAY || dayOf(week).startsWith(month); week += 7 * DAY)
    weeks.push(Array.from({ length: 7 }, (_, at) => dayOf(week + at * DAY)));
  return weeks;
}

/** The day so many days later. */
export const daysAfter = (day: string, days: number): string => dayOf(Date.parse(`${day}T00:00:00Z`) + days * DAY);

/** On which day a week begins where a language is spoken. */
export function firstDayOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}

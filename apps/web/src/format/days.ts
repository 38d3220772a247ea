const LENGTH = 86_400_000;

/** A day so many days later; earlier where that is negative. */
export const dayPlus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * LENGTH).toISOString().slice(0, 10);

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function aheadAt(at: number, zone: string): number {
  let clock = clocks.get(zone);
  if (!clock)
    clocks.set(
      zone,
      (clock = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      })),
    );
  const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  // `Date.UTC` takes the year 20 for 1920, and so it stands in a field while 2026 is being typed.
  const wall = new Date(0).setUTCFullYear(part.year!, part.month! - 1, part.day!);
  return new Date(wall).setUTCHours(part.hour!, part.minute!, part.second!) - Math.floor(at / 1000) * 1000;
}

/** The moment at which clocks of a zone show a time (`09:00`) on a day, in milliseconds since 1970. */
export function momentOn(day: string, time: string, zone: string): number {
  const utc = Date.parse(`${day}T${time}:00Z`);
  // The clocks may change between that time there and in UTC: what holds at the first guess decides.
  return utc - aheadAt(utc - aheadAt(utc, zone), zone);
}

/** When a day begins in a zone, in milliseconds since 1970. */
export const startOfDay = (day: string, zone: string): number => momentOn(day, '00:00', zone);

export const endOfDay = (day: string, zone: string): number => startOfDay(dayPlus(day, 1), zone) - 1;

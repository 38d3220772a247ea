import { dayIn } from '../../../format/format.ts';

/** A moment as the address has it: a day, whose end is meant, or a time to the millisecond where a day holds several changes. */
export type MomentText = string;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;
const LENGTH = 86_400_000;

export const isDay = (text: MomentText): boolean => DAY.test(text);

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
  const wall = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  return wall - Math.floor(at / 1000) * 1000;
}

/** When a day begins in a zone, in milliseconds since 1970. */
export function startOfDay(day: string, zone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // The clocks may change between midnight there and midnight in UTC: what holds at the first guess decides.
  return utc - aheadAt(utc - aheadAt(utc, zone), zone);
}

export const endOfDay = (day: string, zone: string): number => startOfDay(dayPlus(day, 1), zone) - 1;

/** The instant a moment stands for; undefined where the text is none. */
export function instantOf(text: MomentText, zone: string): number | undefined {
  const at = Date.parse(DAY.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(at) || !(DAY.test(text) || TIME.test(text))) return undefined;
  if (!DAY.test(text)) return at;
  // `2017-02-31` is no day.
  return new Date(at).toISOString().slice(0, 10) === text ? endOfDay(text, zone) : undefined;
}

/**
 * How the address names an instant: by its day where nothing happened later on that day, so that both show the same; else by its time.
 *
 * @param times when something happened, in milliseconds, ascending
 */
export function textOf(at: number, zone: string, times: readonly number[]): MomentText {
  const day = dayIn(at, zone);
  const end = endOfDay(day, zone);
  return times.some((time) => time > at && time <= end) ? new Date(at).toISOString() : day;
}

/** The nearest time before (or after) a moment at which something happened; undefined where there is none. */
export function nextChange(times: readonly number[], at: number, step: -1 | 1): number | undefined {
  return step === 1 ? times.find((time) => time > at) : times.findLast((time) => time < at);
}

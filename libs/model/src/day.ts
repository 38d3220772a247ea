import { registerDecorator, type ValidationOptions } from 'class-validator';
import type { Day, Instant } from './schema.ts';

/** Whether it is a day of the calendar (2026-02-30 is none), from year 1 to 9999. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '0001') return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === value;
}

const RFC3339 = /^\d{4}-(0[1-9]|1[0-2])-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A time as RFC 3339 has it, with its offset, on a day that exists; given back in UTC with milliseconds. Undefined when it is none. */
export function instantOf(text: unknown): Instant | undefined {
  // Date.parse turns 30 February into March; the day must come back as it was said.
  if (typeof text !== 'string' || !RFC3339.test(text) || !isDay(text.slice(0, 10))) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The business day a moment falls on in an IANA time zone. */
export function todayIn(zone: string, at: Instant | number): Day {
  return formatter(zone).format(typeof at === 'number' ? at : Date.parse(at));
}

/** The first moment of a day in a zone. */
export const startOfDay = (day: Day, zone: string): Instant => new Date(startTime(day, zone)).toISOString();

/** The last millisecond of a day in a zone: as of a day means its end. */
export const endOfDay = (day: Day, zone: string): Instant => new Date(startTime(addDays(day, 1), zone) - 1).toISOString();

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Whole days from one day to another. */
export const daysBetween = (from: Day, until: Day): number =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** Finds the day's first moment by bisection over what the zone calls each moment: right through every change of clocks. */
function startTime(day: Day, zone: string): number {
  if (zone === 'UTC') return Date.parse(`${day}T00:00:00Z`);
  const noon = Date.parse(`${day}T12:00:00Z`);
  let [before, from] = [noon - 40 * 3_600_000, noon + 16 * 3_600_000];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (todayIn(zone, middle) < day) before = middle;
    else from = middle;
  }
  return from;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(zone: string): Intl.DateTimeFormat {
  let made = formatters.get(zone);
  if (!made)
    formatters.set(zone, (made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })));
  return made;
}

export const isZone = (text: unknown): text is string => {
  try {
    return typeof text === 'string' && text.length > 0 && formatter(text) !== undefined;
  } catch {
    return false;
  }
};

/** Class-validator: a day of the calendar, `2026-03-01`. */
export const IsDay = (options?: ValidationOptions) => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isDay',
    target: target.constructor,
    propertyName,
    options,
    validator: { validate: isDay, defaultMessage: () => '$property is not a day of the calendar such as 2026-03-01' },
  });

/** Class-validator: an IANA time zone. */
export const IsZone = (options?: ValidationOptions) => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isZone',
    target: target.constructor,
    propertyName,
    options,
    validator: { validate: isZone, defaultMessage: () => '$property is not a time zone such as Europe/Sofia' },
  });

/** Class-validator: a moment, RFC 3339 with its offset. */
export const IsInstant = (options?: ValidationOptions) => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isInstant',
    target: target.constructor,
    propertyName,
    options,
    validator: {
      validate: (value) => instantOf(value) !== undefined,
      defaultMessage: () => '$property is not a time with its offset such as 2026-03-01T09:30:00+01:00',
    },
  });

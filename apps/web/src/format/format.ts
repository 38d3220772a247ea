import { localeOf, pluralRules } from '../texts/texts.ts';

import type { Money } from './money.ts';

export type { Money };

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Everything that is written by language and zone. Make one per language and zone (`useFormat`): the formats behind it are dear. */
export function formatters(language: string, zone: string) {
  const locale = localeOf(language);
  const kept = new Map<string, Intl.DateTimeFormat>();
  const dates = (name: string, how: Intl.DateTimeFormatOptions) => {
    let found = kept.get(name);
    if (!found) kept.set(name, (found = new Intl.DateTimeFormat(locale, { timeZone: zone, ...how })));
    return found;
  };
  const numbers = new Map<string, Intl.NumberFormat>();
  const number = (name: string, how: Intl.NumberFormatOptions) => {
    let found = numbers.get(name);
    if (!found) numbers.set(name, (found = new Intl.NumberFormat(locale, how)));
    return found;
  };
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

  /** A business day has no zone: it is the same everywhere. */
  const day = (text: string, how: 'short' | 'long' | 'auto' = 'auto', now = Date.now()): string => {
    const at = new Date(`${text}T00:00:00Z`);
    const year = text.slice(0, 4) !== String(new Date(now).getUTCFullYear());
    if (how === 'long') return dates('long-day', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
    const withYear = how === 'short' ? false : year;
    return dates(withYear ? 'day-year' : 'day', {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
      ...(withYear ? { year: 'numeric' } : {}),
    }).format(at);
  };
  const date = (at: string | number | Date, now = Date.now()): string => {
    const moment = new Date(at);
    const sameYear = dates('year', { year: 'numeric' }).format(moment) === dates('year', { year: 'numeric' }).format(now);
    return dates(sameYear ? 'date' : 'date-year', { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(
      moment,
    );
  };

  return {
    language,
    locale,
    zone,
    /** `1234.5` → `1,234.5`. Decimal text stays exact. */
    number: (value: number | string, digits?: number) =>
      number(`n${digits}`, digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
        value as number,
      ),
    /** How many there are, as the server says it: `10000+` where they are not counted out. */
    count: (text: string) => `${number('count', {}).format(Number.parseInt(text, 10))}${text.endsWith('+') ? '+' : ''}`,
    /** Per cent as decimal text, `63.15` → `63.2 %`. */
    percent: (value: number | string, digits = 1) =>
      number(`%${digits}`, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(Number(value) / 100),
    /** Exact, with its currency unless it is the usual one; cents are left out of whole amounts. */
    money({ amount, currency }: Money, usual?: string): string {
      const whole = !/\.\d*[1-9]/.test(amount);
      const text = whole ? amount.replace(/\.0*$/, '') : amount;
      if (currency === usual) return number(`m${whole}`, whole ? {} : { minimumFractionDigits: 2 }).format(text as never);
      return number(`c${currency}${whole}`, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        ...(whole ? { minimumFractionDigits: 0 } : {}),
      }).format(text as never);
    },
    /** Several currencies, never added up. */
    sums(sums: readonly Money[], usual?: string): string {
      return sums.length === 0 ? this.number(0) : this.list(sums.map((one) => this.money(one, usual)));
    },
    day,
    /** A day in the user's zone; the year where it is another one. */
    date,
    time: (at: string | number | Date) => dates('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at)),
    dateTime: (at: string | number | Date, now = Date.now()) =>
      `${date(at, now)}, ${dates('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))}`,
    /** Whole, for titles: with weekday, seconds and zone. */
    moment: (at: string | number | Date) => dates('moment', { dateStyle: 'full', timeStyle: 'long' }).format(new Date(at)),
    weekday: (at: string | number | Date) => dates('weekday', { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(at)),
    month: (month: string) => dates('month', { month: 'short', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`)),
    longMonth: (month: string) =>
      dates('long-month', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`)),
    /** `3 minutes ago`, `yesterday`, `in 2 days`. */
    relative(at: string | number | Date, now = Date.now()): string {
      const seconds = Math.round((new Date(at).getTime() - now) / 1000);
      const away = Math.abs(seconds);
      if (away < MINUTE) return relative.format(0, 'second');
      if (away < HOUR) return relative.format(Math.round(seconds / MINUTE), 'minute');
      if (away < DAY) return relative.format(Math.round(seconds / HOUR), 'hour');
      if (away < 45 * DAY) return relative.format(Math.round(seconds / DAY), 'day');
      if (away < 700 * DAY) return relative.format(Math.round(seconds / (30.44 * DAY)), 'month');
      return relative.format(Math.round(seconds / (365.25 * DAY)), 'year');
    },
    list: (items: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' }).format(items),
    plural: (n: number) => pluralRules(language).select(n),
  };
}

export type Format = ReturnType<typeof formatters>;

/** The day a moment falls on in a zone, `2026-03-01`. */
export const dayIn = (at: string | number | Date, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .format(new Date(at))
    .padStart(10, '0');

/** Whole days between two business days; negative when the second is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** Letters that stand for a name: of its first and last word. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /\p{L}|\p{N}/u.test(word));
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words.slice(0, 1);
  const found = letters.map((word) => [...word].find((char) => /\p{L}|\p{N}/u.test(char)) ?? '').join('');
  return (words.length > 1 ? found : [...(words[0] ?? '?')].slice(0, 2).join('')).toLocaleUpperCase();
}

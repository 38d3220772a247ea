import { localeOf } from '../../../texts/texts.ts';
import { dayPlus } from '../../../format/days.ts';

/**
 * The day that somebody types: `14 jul`, `jul 14 2017`, `14.7.17`, `2017-07-14`, `yesterday`, in the language of the pages or in English. Without a
 * year it is the last such day before `today`.
 *
 * @returns undefined for what is no day
 */
export function parseDay(typed: string, language: string, today: string): string | undefined {
  const text = plain(typed);
  if (text === '') return undefined;
  for (const days of [0, -1, -2]) if (wordsFor(days, language).includes(text)) return dayPlus(today, days);
  const iso = /^(\d{4})\D(\d{1,2})\D(\d{1,2})$/.exec(text);
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = text.match(/\p{L}+|\d+/gu) ?? [];
  const numbers = parts.filter((part) => /^\d/.test(part)).map(Number);
  const month = parts.map((part) => monthNamed(part, language)).find((found) => found !== undefined);
  if (month === undefined && numbers.length < 2) return undefined;
  const [day = 0, second = 0, third] = numbers;
  const [of, year] = month === undefined ? [second, third] : [month, numbers[1]];
  if (year !== undefined) return dayOf(year < 100 ? 2000 + year : year, of, day);
  const thisYear = Number(today.slice(0, 4));
  return [thisYear, thisYear - 1, thisYear - 2, thisYear - 3, thisYear - 4]
    .map((one) => dayOf(one, of, day))
    .find((found) => found !== undefined && found <= today);
}

const plain = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/[ʻʼ'’`]/g, '');

function dayOf(year: number, month: number, day: number): string | undefined {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : undefined;
}

const wordsFor = (days: number, language: string) =>
  ['en', language].map((one) => plain(new Intl.RelativeTimeFormat(localeOf(one), { numeric: 'auto' }).format(days, 'day')));

/** A month by its beginning, three letters at least, by itself or as it is written within a date. */
function monthNamed(word: string, language: string): number | undefined {
  if (/^\d/.test(word) || word.length < 3) return undefined;
  for (const locale of new Set([localeOf(language), 'en-GB']))
    for (let month = 1; month <= 12; month++) {
      const at = Date.UTC(2017, month - 1, 15);
      const names = [{ month: 'long' }, { month: 'long', day: 'numeric' }].flatMap((how) =>
        new Intl.DateTimeFormat(locale, { ...(how as Intl.DateTimeFormatOptions), timeZone: 'UTC' })
          .formatToParts(at)
          .filter(({ type }) => type === 'month')
          .map(({ value }) => plain(value)),
      );
      // Hebrew writes the "of" of a date onto the month.
      if (names.some((name) => name.startsWith(word) || `ב${name}`.startsWith(word))) return month;
    }
  return undefined;
}

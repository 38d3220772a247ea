import { exponentOf, isDay, isZone, type Day, type Money } from '#model';
import { emailKey, email as standardEmail, phone as standardPhone } from './channels.ts';
import { country as standardCountry } from './country.ts';
import { nearest } from './nearest.ts';
import { cleanText } from './text.ts';

/** How a file's cells are to be read, where the cells alone do not say. */
export type Reading = {
  /** Which part of `3/4/2017` is the day; unset where the file does not tell. */
  dates?: 'dmy' | 'mdy';
  /** What stands before the fraction of a number. */
  decimal: '.' | ',';
  /** ISO 4217, of amounts that name none. */
  currency?: string;
  /** ISO 3166-1 alpha-2, of telephone numbers without a prefix. */
  country?: string;
  /** Amounts stand in ones, thousands or millions. */
  times: 1 | 1_000 | 1_000_000;
};

/** What a cell says: a value, or why it says none; `note` is what somebody should look at although the row can be taken. */
export type Cell<T> = { value?: T; problem?: string; hint?: string; note?: string };
export type ReadCell<T> = (text: string, how: Reading) => Cell<T>;

/** A cell's text without what a spreadsheet, or we ourselves, put before a formula. */
export const cellText = (cell: string): string => cleanText(/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

export const asText =
  (most: number): ReadCell<string> =>
  (cell) => {
    const value = cellText(cell);
    if (value.length > most) return { problem: `is longer than ${most} characters` };
    return hidesSomething(cell) ? { value, note: 'held invisible characters, which were taken out' } : { value };
  };

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const hidesSomething = (cell: string) => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(cell);

export const asEmail: ReadCell<string> = (cell) => {
  const { value, finding } = standardEmail(cellText(cell));
  return finding ? { problem: finding, hint: 'name@example.com' } : { value };
};
export { emailKey };

/** Kept as typed, for whoever decides standardises it again and keeps what was typed. */
export const asPhone: ReadCell<string> = (cell, { country }) => {
  const value = cellText(cell);
  const { finding } = standardPhone(value, country);
  return finding ? { value, note: finding } : { value };
};

/** Kept as typed, as `asPhone`. */
export const asCountry: ReadCell<string> = (cell) => {
  const value = cellText(cell);
  const { finding } = standardCountry(value);
  return finding ? { value, note: `${finding}; it is kept as typed` } : { value };
};

/** One of several, also with a slip or two. */
export const asChoice =
  <const V extends string>(choices: readonly V[]): ReadCell<V> =>
  (cell) => {
    const typed = cellText(cell);
    const found = nearest(choices, typed);
    if (found && found !== 'ambiguous')
      return found === typed ? { value: found as V } : { value: found as V, note: `is taken as ${found}` };
    return { problem: 'is not one of the choices', hint: choices.join(', ') };
  };

/** Whichever is meant, with a slip or two; anything else is kept as typed. */
export const asSuggestion =
  (choices: readonly string[]): ReadCell<string> =>
  (cell) => {
    const value = cellText(cell);
    const found = nearest(choices, value);
    return found && found !== 'ambiguous' && found.toLowerCase() !== value.toLowerCase()
      ? { value, note: `is taken as ${found}` }
      : { value };
  };

const YES = ['yes', 'true', '1', 'y', 'x', 'active', 'да', 'ja', 'oui', 'כן'];
const NO = ['no', 'false', '0', 'n', 'inactive', 'не', 'нет', 'nein', 'non', 'לא'];
export const asFlag: ReadCell<boolean> = (cell) => {
  const said = cellText(cell).toLowerCase();
  if (YES.includes(said)) return { value: true };
  return NO.includes(said) ? { value: false } : { problem: 'is neither yes nor no', hint: 'yes or no' };
};

export const asList =
  (most: number): ReadCell<string[]> =>
  (cell) => {
    const json = /^\s*\[/.test(cell) ? listOf(cell) : undefined;
    const value = [...new Set((json ?? cellText(cell).split(/[;,|]/)).map((one) => one.trim()).filter(Boolean))];
    const long = value.find((one) => one.length > most);
    return long ? { problem: `names something longer than ${most} characters` } : { value };
  };

function listOf(json: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

export const asZone: ReadCell<string> = (cell) => {
  const value = cellText(cell);
  return isZone(value) ? { value } : { problem: 'is no time zone', hint: 'Europe/Sofia' };
};

const GROUPED = { '.': /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/, ',': /^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/ };
const PLAIN = { '.': /^[+-]?\d+(\.\d+)?$/, ',': /^[+-]?\d+(,\d+)?$/ };

/** A number as decimal text, exactly as it was written; spaces and apostrophes may group it, and the other mark too. Undefined when it is none. */
export function decimalOf(text: string, decimal: '.' | ','): string | undefined {
  const bare = text.replaceAll(/[\s'’]/g, '');
  if (!PLAIN[decimal].test(bare) && !GROUPED[decimal].test(bare)) return undefined;
  return bare
    .replaceAll(decimal === '.' ? ',' : '.', '')
    .replace(decimal, '.')
    .replace(/^\+/, '');
}

export const asWhole =
  (least: number, most: number): ReadCell<number> =>
  (cell, { decimal }) => {
    const text = decimalOf(cellText(cell), decimal);
    const value = Number(text);
    if (text === undefined || !Number.isInteger(value)) return { problem: 'is no whole number', hint: '1200' };
    return value < least || value > most ? { problem: `is not between ${least} and ${most}` } : { value };
  };

/** An amount with its currency: in the cell (`USD 1,200.50`), else the file's. */
export const asMoney: ReadCell<Money> = (cell, { decimal, currency: usual, times }) => {
  const text = cellText(cell);
  const named = /^([A-Z]{3})\s*|\s*([A-Z]{3})$/.exec(text);
  const currency = named?.[1] ?? named?.[2] ?? usual;
  if (!currency) return { problem: 'names no currency', hint: 'say which currency the file is in' };
  const amount = decimalOf(named ? text.replace(named[0], '') : text, decimal);
  if (amount === undefined) return { problem: 'is no amount', hint: decimal === '.' ? '1,200.50' : '1.200,50' };
  const shifted = timesTen(amount, Math.round(Math.log10(times)));
  const places = shifted.split('.')[1]?.length ?? 0;
  if (places > exponentOf(currency)) return { problem: `has more decimals than ${currency} has`, hint: `${exponentOf(currency)} at most` };
  if (shifted.replace(/^-/, '').split('.')[0]!.length > 15) return { problem: 'is larger than any amount here' };
  return { value: { amount: shifted, currency } };
};

/** Decimal text times 10 to a power, exactly, without zeros that say nothing. */
function timesTen(amount: string, power: number): string {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount)!;
  const digits = fraction.padEnd(power, '0');
  const left = `${whole}${digits.slice(0, power)}`.replace(/^0+(?=\d)/, '');
  const right = digits.slice(power).replace(/0+$/, '');
  return `${sign}${left}${right ? `.${right}` : ''}`;
}

const DATE = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ].*)?$/;

/** A business day: `2026-03-01`, or day and month as the file has them. Dots always mean day first. */
export const asDay: ReadCell<Day> = (cell, { dates }) => {
  const match = DATE.exec(cellText(cell));
  if (!match) return { problem: 'is no date', hint: '2026-03-01' };
  const [, first, mark, second, third] = match as unknown as string[];
  const order = first!.length === 4 ? 'ymd' : mark === '.' ? 'dmy' : dates;
  if (order !== 'ymd' && third!.length !== 4) return { problem: 'is a date whose year has not four digits', hint: '2026-03-01' };
  if (!order) return { problem: 'could be day and month or month and day', hint: 'say which: dates are dmy or mdy' };
  const [year, month, day] = order === 'ymd' ? [first, second, third] : order === 'dmy' ? [third, second, first] : [third, first, second];
  const value = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return isDay(value)
    ? { value }
    : { problem: 'is a day that does not exist', hint: order === 'mdy' ? 'month/day/year' : 'day/month/year' };
};

/** Which part of a file's dates is the day, as far as its cells tell: a part beyond 12 can be no month. */
export function dateOrder(cells: Iterable<string>): 'dmy' | 'mdy' | undefined {
  let found: 'dmy' | 'mdy' | undefined;
  for (const cell of cells) {
    const match = /^(\d{1,2})[/-](\d{1,2})[/-]\d{4}/.exec(cell.trim());
    const says = match && (Number(match[1]) > 12 ? 'dmy' : Number(match[2]) > 12 ? 'mdy' : undefined);
    if (says && found && says !== found) return undefined;
    found ??= says ?? undefined;
  }
  return found;
}

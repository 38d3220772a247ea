import type { Doc } from '../../api/kinds.ts';
import { exactly } from '../../format/exact.ts';
import type { Money } from '../../format/format.ts';

export type Deal = Doc<'sales.opportunity'>;
export type Pipeline = Doc<'sales.pipeline'>;
export type Stage = Pipeline['stages'][number];

export const DEALS = 'sales.opportunity';

/** The day so many months after another, or before it; the end of a month stays an end of a month. */
export function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const endOf = (y: number, m: number) => new Date(Date.UTC(y, m + 1, 0)).getUTCDate();
  const isEnd = date === endOf(year, month - 1);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = endOf(first.getUTCFullYear(), first.getUTCMonth());
  first.setUTCDate(isEnd ? last : Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

/** Parts of a filter that must all hold; those that say nothing are left out. */
export const allHold = (...parts: (string | undefined)[]): string | undefined => parts.filter(Boolean).join(' and ') || undefined;

export const is = (field: string, value: string | boolean): string => `${field} eq ${JSON.stringify(value)}`;
export const among = (ids: readonly string[]): string => `id in (${ids.map((id) => JSON.stringify(id)).join(', ')})`;

/** The deal's name, and the account's beside it unless the name begins with it already. */
export const saysAccount = (name: string, account: string | null | undefined): boolean =>
  !!account && !name.toLocaleLowerCase().startsWith(account.toLocaleLowerCase());

export type Line = Deal['lines'][number];

/** What a line comes to. */
export const lineTotal = ({ price, quantity }: Pick<Line, 'price' | 'quantity'>): Money => ({
  amount: exactly('0', price.amount, BigInt(quantity)),
  currency: price.currency,
});

/** What lines come to together; they are in one currency. */
export const linesTotal = (lines: readonly Line[]): Money | undefined =>
  lines[0] && {
    amount: lines.reduce((sum, line) => exactly(sum, lineTotal(line).amount), '0'),
    currency: lines[0].price.currency,
  };

/** What a deal is worth, as the server has it: what it was won at, else the value it was given, else the sum of its lines. */
export const worthOf = ({ wonValue, value, lines }: Pick<Deal, 'wonValue' | 'value' | 'lines'>): Money | undefined =>
  wonValue ?? value ?? linesTotal(lines);

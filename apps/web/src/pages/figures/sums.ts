import type { Money } from '../../format/format.ts';

/** What of several sums is in a currency. Currencies are never added up. */
export const sumIn = (sums: readonly Money[], currency: string): Money | undefined => sums.find((sum) => sum.currency === currency);

/** The amounts of some sums of one currency, together, exact. */
export function total(sums: readonly (Money | undefined)[], currency: string): Money {
  const digits = Math.max(0, ...sums.map((sum) => sum?.amount.split('.')[1]?.length ?? 0));
  const minor = sums.reduce((all, sum) => all + (sum ? minorOf(sum.amount, digits) : 0n), 0n);
  return { amount: textOf(minor, digits), currency };
}

/** A sum shared out among so many, rounded half up to so many decimals. */
export function average({ amount, currency }: Money, among: number, decimals = 0): Money {
  const digits = amount.split('.')[1]?.length ?? 0;
  const [minor, n] = [minorOf(amount, digits) * 10n ** BigInt(decimals), BigInt(among) * 10n ** BigInt(digits)];
  const rounded = minor < 0n ? -((-2n * minor + n) / (2n * n)) : (2n * minor + n) / (2n * n);
  return { amount: textOf(rounded, decimals), currency };
}

function minorOf(amount: string, digits: number): bigint {
  const [whole = '0', part = ''] = amount.split('.');
  return BigInt(`${whole}${part.padEnd(digits, '0')}`);
}

function textOf(minor: bigint, digits: number): string {
  if (digits === 0) return minor.toString();
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  return `${minor < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

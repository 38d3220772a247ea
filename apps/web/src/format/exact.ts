import type { Money } from './format.ts';

type Sums = readonly Money[];

const decimalsOf = (amount: string): number => amount.length - 1 - (amount.includes('.') ? amount.indexOf('.') : amount.length - 1);
const scaled = (amount: string, decimals: number): bigint => {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const minor = BigInt(whole + fraction.padEnd(decimals, '0'));
  return amount.startsWith('-') ? -minor : minor;
};

function text(minor: bigint, decimals: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${minor < 0n ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`;
}

/** `a + b`, or `a + times · b`, of decimal texts, with as many decimals as the longer of them has. */
export function exactly(a: string, b: string, times = 1n): string {
  const decimals = Math.max(decimalsOf(a), decimalsOf(b));
  return text(scaled(a, decimals) + times * scaled(b, decimals), decimals);
}

/** Sums with an amount put to its currency, or taken from it (`times` −1). What comes to nothing goes. */
export function withMoney(sums: Sums, money: Money | undefined, times = 1n): Money[] {
  if (!money) return [...sums];
  const found = sums.find(({ currency }) => currency === money.currency);
  const amount = exactly(found?.amount ?? '0', money.amount, times);
  const others = sums.filter(({ currency }) => currency !== money.currency);
  const all = /[1-9]/.test(amount) ? [...others, { amount, currency: money.currency }] : others;
  return all.sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

export const allOf = (list: readonly Sums[]): Money[] => list.flat().reduce<Money[]>((sums, money) => withMoney(sums, money), []);

/** A share in whole per cent, rounded half up, away from zero, to the decimals the amount has: as the server weighs. */
export function shareOf({ amount, currency }: Money, percent: number): Money {
  const decimals = decimalsOf(amount);
  const product = scaled(amount, decimals) * BigInt(percent);
  const rounded = product < 0n ? -((-product + 50n) / 100n) : (product + 50n) / 100n;
  return { amount: text(rounded, decimals), currency };
}

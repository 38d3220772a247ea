import { registerDecorator, type ValidationOptions } from 'class-validator';
import type { Money } from './schema.ts';

/** Minor units of a currency as a power of ten (ISO 4217, by the platform's own tables): 2 for EUR, 0 for JPY, 3 for KWD. */
export function exponentOf(currency: string): number {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    exponent = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, exponent);
  }
  return exponent;
}
const exponents = new Map<string, number>();
const known = new Set(Intl.supportedValuesOf('currency'));

const AMOUNT = /^(-?)(\d{1,15})(?:\.(\d{1,4}))?$/;

/** What is wrong with an amount, in words; undefined when nothing is. */
export function moneyFault(value: unknown): string | undefined {
  const money = value as Partial<Money> | null;
  if (typeof money !== 'object' || money === null) return 'is not an object of amount and currency';
  for (const key of Object.keys(money)) if (key !== 'amount' && key !== 'currency') return `has an unknown member ${key}`;
  if (typeof money.currency !== 'string' || !known.has(money.currency)) return 'has no ISO 4217 currency code';
  if (typeof money.amount !== 'string') return 'has an amount that is not decimal text';
  const match = AMOUNT.exec(money.amount);
  if (!match) return 'has an amount that is not decimal text such as "900.00"';
  const extra = (match[3] ?? '').slice(exponentOf(money.currency));
  return /[1-9]/.test(extra) ? `has more decimals than ${money.currency} has` : undefined;
}

/** Whole minor units. @throws RangeError when it is no amount of its currency */
export function minorOf(money: Money): bigint {
  const fault = moneyFault(money);
  if (fault) throw new RangeError(`money ${fault}`);
  const [, sign, whole, fraction = ''] = AMOUNT.exec(money.amount)!;
  const exponent = exponentOf(money.currency);
  const minor = BigInt(whole! + fraction.slice(0, exponent).padEnd(exponent, '0'));
  return sign ? -minor : minor;
}

export function moneyOf(minor: bigint, currency: string): Money {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return { amount: `${minor < 0n ? '-' : ''}${whole}${exponent > 0 ? `.${digits.slice(-exponent)}` : ''}`, currency };
}

/** @throws RangeError when the currencies differ: they are never mixed */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} are not added`);
  return moneyOf(minorOf(a) + minorOf(b), a.currency);
}

/** Times a whole number. */
export const timesMoney = (money: Money, quantity: number): Money => moneyOf(minorOf(money) * BigInt(quantity), money.currency);

/** A share in per cent, rounded half up (away from zero) to whole minor units. */
export function weightedMinor(minor: bigint, percent: number): bigint {
  const product = minor * BigInt(Math.round(percent * 100));
  const [sign, size] = product < 0n ? [-1n, -product] : [1n, product];
  return sign * ((size + 5_000n) / 10_000n);
}

/** One sum per currency, by currency. */
export function sums(list: readonly Money[]): Money[] {
  const minors = new Map<string, bigint>();
  for (const money of list) minors.set(money.currency, (minors.get(money.currency) ?? 0n) + minorOf(money));
  return [...minors].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => moneyOf(minor, currency));
}

/** Class-validator: an exact amount with its currency, no more decimals than the currency has. */
export const IsMoney = (options?: ValidationOptions) => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isMoney',
    target: target.constructor,
    propertyName,
    options,
    validator: {
      validate: (value) => moneyFault(value) === undefined,
      defaultMessage: (args) => `$property ${moneyFault(args?.value) ?? 'is no amount'}`,
    },
  });

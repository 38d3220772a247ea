export type Money = { amount: string; currency: string };

/** Amounts added up exactly, per currency; never across currencies. */
export function addMoney(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, { units: bigint; digits: number }>();
  for (const { amount, currency } of amounts) {
    const { units, digits } = exact(amount);
    const sum = sums.get(currency) ?? { units: 0n, digits };
    const most = Math.max(sum.digits, digits);
    sums.set(currency, { units: scaled(sum, most) + scaled({ units, digits }, most), digits: most });
  }
  return [...sums].map(([currency, sum]) => ({ amount: text(sum), currency }));
}

type Exact = { units: bigint; digits: number };

function exact(amount: string): Exact {
  const [whole = '0', part = ''] = amount.split('.');
  return { units: BigInt(whole + part), digits: part.length };
}

const scaled = ({ units, digits }: Exact, to: number) => units * 10n ** BigInt(to - digits);

function text({ units, digits }: Exact): string {
  const sign = units < 0n ? '-' : '';
  const all = String(units < 0n ? -units : units).padStart(digits + 1, '0');
  return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`;
}

/** How much two sums of the same currency differ; undefined where the currencies do, or one is of several. */
export function moneyDifference(before: readonly Money[], after: readonly Money[]): Money | undefined {
  const currencies = new Set([...before, ...after].map(({ currency }) => currency));
  if (currencies.size > 1) return undefined;
  return addMoney([
    ...after,
    ...before.map(({ amount, currency }) => ({ amount: amount.startsWith('-') ? amount.slice(1) : `-${amount}`, currency })),
  ])[0];
}

import type { Doc } from '../../api/kinds.ts';
import type { Money } from '../../format/format.ts';

export const PRODUCTS = 'sales.product';
export type Product = Doc<'sales.product'>;

/** Prices with the one of a currency replaced, or taken out; the others stay as they are. */
export function withPrice(prices: readonly Money[], currency: string, price: Money | null): Money[] {
  const others = prices.filter((one) => one.currency !== currency);
  if (!price) return others;
  const place = prices.findIndex((one) => one.currency === currency);
  return place === -1 ? [...others, price] : others.toSpliced(place, 0, price);
}

/** Currencies that products have prices in, the usual one first, then by how many have them. */
export function currenciesOf(products: readonly Pick<Product, 'prices'>[], usual: string | undefined): string[] {
  const counts = new Map<string, number>(usual ? [[usual, Number.POSITIVE_INFINITY]] : []);
  for (const { prices } of products) for (const { currency } of prices) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([currency]) => currency);
}

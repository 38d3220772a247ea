import { act, create, decider, fold, on, reject, start, type Money } from '#model';
import { ProductChanged, ProductCreated } from '#events/sales/product';
import { cleanText } from '#records';
import { ChangeProduct, CreateProduct } from './product.commands.ts';

export type Product = Parameters<typeof ProductCreated>[0];

const evolve = fold<Product>(
  start(ProductCreated, (e) => e.data),
  on(ProductChanged, (product, e) => ProductChanged.apply(product, e)),
);

export const product = decider(
  'sales.product',
  evolve,
  {
    create: create(
      CreateProduct,
      (command) => {
        const { prices = [], active = true, ...rest } = command;
        if (twice(prices)) return reject('price-twice', { hint: 'one price per currency' });
        return ProductCreated({ ...rest, code: cleanText(command.code), name: cleanText(command.name), prices, active });
      },
      { undo: 'remove' },
    ),
    change: act(
      ChangeProduct,
      (product, patch) => {
        if (patch.prices && twice(patch.prices)) return reject('price-twice', { hint: 'one price per currency' });
        const cleaned = Object.fromEntries(
          (['code', 'name'] as const).flatMap((field) => (patch[field] === undefined ? [] : [[field, cleanText(patch[field])]])),
        );
        return ProductChanged.between(product, { ...patch, ...cleaned });
      },
      { undo: 'change' },
    ),
  },
  { unique: { code: (product) => product.code.toLowerCase() } },
);

const twice = (prices: Money[]) => new Set(prices.map((price) => price.currency)).size < prices.length;

/** The list price in a currency; undefined where there is none. */
export const priceIn = (product: Product, currency: string): Money | undefined =>
  product.prices.find((price) => price.currency === currency);

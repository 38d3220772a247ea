import { asFlag, asMoney, asText, column, columns, nameKey } from '#records';
import type { Product } from './product.ts';
import { productRow } from './product-row.ts';

const exact = (text: string) => text;

/** Products in files. One without a code goes by its name. */
export const productColumns = columns(
  {
    externalId: column('External id', asText(100), 'product id', 'record id'),
    code: column('Code', asText(60), 'product code', 'sku', 'article number'),
    name: column('Name', asText(200), 'product', 'product name', 'article'),
    series: column('Series', asText(100), 'family', 'product family', 'category'),
    price: column('Price', asMoney, 'sales price', 'list price', 'unit price'),
    active: column('Active', asFlag, 'is active'),
  },
  {
    keys: {
      externalId: { view: productRow, field: 'externalId', key: exact },
      code: { view: productRow, field: 'code', key: exact },
      name: { view: productRow, field: 'keys', list: true, key: nameKey },
    },
    required: ['name'],
    custom: true,
    steps: ({ price, custom, ...plain }, was: Product | undefined) => {
      const others = was?.prices.filter(({ currency }) => currency !== price?.currency) ?? [];
      const unchanged = was?.prices.some(
        ({ amount, currency }) => currency === price?.currency && Number(amount) === Number(price?.amount),
      );
      const data = {
        ...plain,
        ...(price && !unchanged ? { prices: [...others, price] } : {}),
        ...(custom ? { custom: { ...was?.custom, ...custom } } : {}),
      };
      return [was ? { command: 'change', data } : { command: 'create', data: { ...data, code: plain.code ?? plain.name!.slice(0, 60) } }];
    },
  },
);

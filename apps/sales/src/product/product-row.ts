import { Custom, Flag, Id, Instant, List, Money, on, Optional, projection, start, Text } from '#model';
import { ProductChanged, ProductCreated } from '#events/sales/product';
import { nameKey } from '#records';

export const productRow = projection(
  'sales.product-row',
  {
    id: Id,
    code: Text,
    name: Text,
    series: Optional(Text),
    prices: List(Money),
    active: Flag,
    externalId: Optional(Text),
    /** What files call it by. */
    keys: List(Text),
    custom: Optional(Custom),
    createdAt: Instant,
  },
  {
    version: 1,
    access: 'everyone',
    inner: ['keys'],
    indexes: [['name'], ['code'], ['series', 'name'], ['active', 'name'], ['externalId'], ['keys'], ['createdAt']],
    words: ['code', 'name', 'series'],
  },
  start(ProductCreated, (e) => ({ ...e.data, id: e.recordId, keys: keysOf(e.data), createdAt: e.at })),
  on(ProductChanged, (row, e) => {
    const changed = ProductChanged.apply(row, e);
    return { ...changed, keys: keysOf(changed) };
  }),
);

const keysOf = ({ code, name }: { code: string; name: string }) => [...new Set([nameKey(code), nameKey(name)])];

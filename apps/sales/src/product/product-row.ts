import { Custom, Flag, Id, Instant, List, Money, on, Optional, projection, start, Text } from '#model';
import { ProductChanged, ProductCreated } from '#events/sales/product';

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
    custom: Optional(Custom),
    createdAt: Instant,
  },
  {
    version: 1,
    access: 'everyone',
    indexes: [['name'], ['code'], ['series', 'name'], ['active', 'name'], ['externalId'], ['createdAt']],
    words: ['code', 'name', 'series'],
  },
  start(ProductCreated, (e) => ({ ...e.data, id: e.recordId, createdAt: e.at })),
  on(ProductChanged, (row, e) => ProductChanged.apply(row, e)),
);

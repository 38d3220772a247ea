import { changed, Custom, defineEvent, Flag, lifecycle, List, Money, Optional, Text } from '#model';

/** `prices`: at most one per currency. */
const fields = {
  code: Text,
  name: Text,
  series: Optional(Text),
  prices: List(Money),
  active: Flag,
  externalId: Optional(Text),
  custom: Optional(Custom),
};
export const ProductCreated = defineEvent('sales.product.created', fields);
export const ProductChanged = changed('sales.product.changed', fields);
export const [ProductRemoved, ProductRestored, ProductErased] = lifecycle('sales.product');

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useUsualCurrency } from '../../format/use-format.ts';
import { someQuery } from '../../queries/lists.ts';

const PRODUCTS = 200;

/** Currencies that are in use: the tenant's, and those that products have prices in. */
export function useCurrencies(): readonly string[] {
  const usual = useUsualCurrency();
  const { data } = useQuery(someQuery('sales.product', { sort: 'name' }, PRODUCTS));
  return useMemo(
    () => [...new Set([...(usual ? [usual] : []), ...(data ?? []).flatMap(({ prices }) => prices.map(({ currency }) => currency))])],
    [usual, data],
  );
}

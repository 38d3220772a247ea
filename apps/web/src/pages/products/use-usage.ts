import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Schemas } from '../../api/schema.ts';
import { useHidden, useMay } from '../../queries/me.ts';
import { figuresQuery } from '../home/home-queries.ts';

export type Usage = Schemas['SalesFigures'];

/** How each product sells, by its id; undefined for who may not see what deals are worth. */
export function useUsage(): ReadonlyMap<string, Usage> | undefined {
  const [may, hidden] = [useMay(), useHidden('sales.opportunity')];
  const sees = may('read', 'sales.opportunity') && !hidden.includes('value');
  const { data } = useQuery({ ...figuresQuery({ by: 'product' }), enabled: sees });
  const usage = useMemo(() => data && new Map(data.figures.map((figures) => [figures.group.product ?? '', figures])), [data]);
  return sees ? usage : undefined;
}

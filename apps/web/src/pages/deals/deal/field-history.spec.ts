import type { HistoryItem } from './deal-queries.ts';
import { valuesOf } from './field-history.ts';

const item = (revision: number, type: string, data: Record<string, unknown>): HistoryItem => ({
  id: `e${revision}`,
  type: `sales.opportunity.${type}`,
  record: 'sales.opportunity/d',
  revision,
  at: `2026-03-0${revision}T09:00:00.000Z`,
  recordedAt: `2026-03-0${revision}T09:00:00.000Z`,
  actor: 'ann',
  correlation: 'c',
  causation: 'c',
  data,
});

it('tells what a field has been, from the latest to how it began', () => {
  const items = [
    item(4, 'changed', { source: { from: 'fair' } }),
    item(3, 'stage-moved', { from: 'a', to: 'b' }),
    item(2, 'changed', { source: { from: undefined, to: 'fair' }, name: { from: 'a', to: 'b' } }),
    item(1, 'opened', { name: 'a' }),
  ];
  expect(valuesOf(items, 'source').map(({ id, value }) => [id, value])).toEqual([
    ['e4', undefined],
    ['e2', 'fair'],
    ['e1', undefined],
  ]);
  expect(valuesOf(items, 'name').map(({ value }) => value)).toEqual(['b', 'a']);
});

import type { Problem } from '#runtime';
import { HistoryQuery } from './history-query.ts';
import { ListQuery } from './list-query.ts';

const fault = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    return (error as Partial<Problem>).more?.fields?.[0]?.field ?? (error as Error).name;
  }
  return undefined;
};

it('reads every parameter of a list', () => {
  expect(
    ListQuery.from({
      filter: 'stage eq "a"',
      sort: '-value.amount,name',
      search: 'ann',
      limit: '200',
      cursor: 'c',
      fields: 'id,name',
      count: 'true',
      removed: 'false',
    }),
  ).toEqual({
    where: { field: 'stage', op: 'eq', value: 'a' },
    sort: [{ field: 'value.amount', desc: true }, { field: 'name' }],
    search: 'ann',
    limit: 200,
    cursor: 'c',
    fields: ['id', 'name'],
    count: true,
    removed: false,
  });
  expect(ListQuery.from({}).limit).toBe(50);
});

it('takes further parameters only where an address names them', () => {
  expect(fault(() => ListQuery.from({ asOf: '2017-06-30' }))).toBe('asOf');
  expect(fault(() => ListQuery.from({ asOf: '2017-06-30' }, ['asOf']))).toBeUndefined();
});

it('refuses a filter that does not read', () => expect(fault(() => ListQuery.from({ filter: 'stage eq' }))).toBe('BadQuery'));

it('reads a history’s parameters strictly', () => {
  expect(HistoryQuery.from({ types: 'a.b.c,a.b.d', from: '2026-01-01', limit: '3' })).toEqual({
    types: ['a.b.c', 'a.b.d'],
    from: '2026-01-01',
    limit: 3,
  });
  for (const bad of [{ from: 'soon' }, { limit: '0' }, { constructor: 'x' }, { types: '' }])
    expect(fault(() => HistoryQuery.from(bad))).toBe(Object.keys(bad)[0]);
});

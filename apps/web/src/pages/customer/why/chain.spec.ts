import type { HistoryItem } from '../kinds.ts';
import { chainOf } from './chain.ts';

const event = (id: string, causation: string, correlation = 'act') => ({ id, causation, correlation }) as HistoryItem;
const ids = (items: HistoryItem[]) => items.map(({ id }) => id);

it('tells what led to a change, from the first cause on, and what followed from it', () => {
  const act = [
    event('click', 'command'),
    event('rule', 'click'),
    event('this', 'rule'),
    event('task', 'this'),
    event('mail', 'task'),
    event('twin', 'rule'),
  ];
  const { causes, beside, followed } = chainOf(act[2]!, act);
  expect([ids(causes), ids(followed), ids(beside)]).toEqual([['click', 'rule'], ['task', 'mail'], ['twin']]);
});

it('finds what an undo takes back in the record’s own history', () => {
  const undo = event('undo', 'change', 'other act');
  expect(ids(chainOf(undo, [undo], [event('change', 'command')]).causes)).toEqual(['change']);
});

it('ends where causes go round', () => {
  const act = [event('a', 'b'), event('b', 'a'), event('c', 'b')];
  expect(ids(chainOf(act[2]!, act).causes)).toEqual(['a', 'b']);
  expect(ids(chainOf(act[0]!, act).causes)).toEqual(['b']);
});

import { belowOf, treeOf } from './tree.ts';

const team = (id: string, parentId?: string) => ({ id, ...(parentId ? { parentId } : {}) });
const shape = (teams: ReturnType<typeof team>[]): unknown =>
  treeOf(teams).map(function said({ team: { id }, below }): unknown {
    return below.length > 0 ? [id, below.map(said)] : id;
  });

it('puts teams under the teams they are part of', () =>
  expect(shape([team('north'), team('oslo', 'north'), team('south'), team('harbour', 'oslo')])).toEqual([
    ['north', [['oslo', ['harbour']]]],
    'south',
  ]));
it('loses none that go round in a circle or whose team above is gone', () =>
  expect(shape([team('a', 'b'), team('b', 'a'), team('c', 'gone')])).toEqual(['c', ['a', ['b']]]));
it('knows all that is below', () =>
  expect(belowOf(treeOf([team('a'), team('b', 'a'), team('c', 'b')])[0]!).map(({ id }) => id)).toEqual(['b', 'c']));

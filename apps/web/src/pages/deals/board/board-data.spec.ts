import type { Deal } from '../deal.ts';
import { cardOf, movedTo, renewed, withMore, without, type Board } from './board-data.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const at = '2026-03-02T09:00:00.000Z';
const deal = (id: string, stageId: string, worth?: string): Deal => ({
  id,
  name: id,
  ownerId: 'ann',
  pipelineId: 'p',
  stageId,
  stageSince: at,
  status: 'open',
  open: true,
  lines: [],
  openedOn: '2026-03-02',
  createdAt: at,
  changedAt: at,
  ...(worth ? { worth: usd(worth) } : {}),
});
const stage = (stageId: string, probability: number, cards: Deal[], value: string, weighted: string, count = cards.length) => ({
  stageId,
  name: stageId,
  probability,
  retired: false,
  count,
  value: value ? [usd(value)] : [],
  weighted: weighted ? [usd(weighted)] : [],
  cards,
});
const [a, b, c] = [deal('a', 'first', '900.05'), deal('b', 'first'), deal('c', 'second', '10.00')];
const board: Board = {
  pipelineId: 'p',
  name: 'Sales',
  stages: [{ ...stage('first', 10, [a, b], '900.05', '90.01'), next: 'further' }, stage('second', 50, [c], '10.00', '5.00')],
};
const shown = ({ stages }: Board) => stages.map(({ count, value, weighted, cards }) => [count, value, weighted, cards.map(({ id }) => id)]);

it('moves a deal with its sums, to the top of the stage', () => {
  const moved = movedTo(board, a, 'second', '2026-03-03T09:00:00.000Z');
  expect(shown(moved)).toEqual([
    [1, [], [], ['b']],
    [2, [usd('910.05')], [usd('455.03')], ['a', 'c']],
  ]);
  expect(cardOf(moved, 'a')).toMatchObject({ stageId: 'second', stageSince: '2026-03-03T09:00:00.000Z' });
  expect(shown(movedTo(moved, cardOf(moved, 'a')!, 'first', at))).toEqual(shown(board));
});
it('lets a deal without value go without touching the sums', () =>
  expect(shown(without(board, b))[0]).toEqual([1, [usd('900.05')], [usd('90.01')], ['a']]));
it('appends what is not there yet', () => {
  const { cards, next } = withMore(board, 'first', [b, deal('d', 'first')], undefined).stages[0]!;
  expect([cards.map(({ id }) => id), next]).toEqual([['a', 'b', 'd'], undefined]);
});
it('takes what others did: in place, to another stage, gone, and new; the sums are those of the board asked for anew', () => {
  const totals: Board = { ...board, stages: [stage('first', 10, [], '7.00', '0.70', 7), stage('second', 50, [], '8.00', '4.00', 8)] };
  const rows = [{ ...b, name: 'renamed' }, deal('c', 'first', '10.00'), deal('n', 'second')];
  const next = renewed(board, ['a', 'b', 'c', 'n'], rows, totals);
  expect(shown(next)).toEqual([
    [7, [usd('7.00')], [usd('0.70')], ['c', 'b']],
    [8, [usd('8.00')], [usd('4.00')], ['n']],
  ]);
  expect([cardOf(next, 'b')!.name, next.stages[0]!.next]).toEqual(['renamed', 'further']);
});

import { runsOf, takeNewest, wanting, type Source } from './merged.ts';

const entry = (at: number, service = 'a') => ({ id: `${service}${at}`, recordedAt: `2026-03-01T10:00:0${at}.000Z` });
const source = (service: string, times: number[], done = false): Source<ReturnType<typeof entry>> => ({
  service,
  left: times.map((at) => entry(at, service)),
  done,
  ...(done ? {} : { cursor: 'next' }),
});

it('takes the newest of all services first', () => {
  const { taken } = takeNewest([source('a', [9, 5, 1], true), source('b', [8, 2], true)], 10);
  expect(taken.map(({ id }) => id)).toEqual(['a9', 'b8', 'a5', 'b2', 'a1']);
});
it('stops where a service has run out that has more, for its next entry may be newer', () => {
  const { taken, sources } = takeNewest([source('a', [9]), source('b', [8, 2], true)], 10);
  expect(taken.map(({ id }) => id)).toEqual(['a9']);
  expect(wanting(sources).map(({ service }) => service)).toEqual(['a']);
});
it('takes no more than asked, and keeps the rest', () => {
  const { taken, sources } = takeNewest([source('a', [9, 5], true)], 1);
  expect([taken.length, sources[0]!.left.length]).toEqual([1, 1]);
});
it('takes nothing of nothing', () => expect(takeNewest([source('a', [], true)], 5).taken).toEqual([]));

it('puts what one act did many times in one', () => {
  const of = (type: string, correlation: string) => ({ type, correlation, actor: 'ann' });
  const runs = runsOf([of('x', '1'), of('x', '1'), of('x', '1'), of('y', '1'), of('x', '2'), of('x', '2')]);
  expect(runs.map((run) => run.length)).toEqual([3, 1, 1, 1]);
});

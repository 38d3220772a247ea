import { byTrouble, projectionsOf } from './projections.ts';

const status = (
  view: string,
  lag = 0,
  how: { state?: 'live' | 'catching-up' | 'rebuilding'; storage?: string; parkedStreams?: number } = {},
) => ({
  view,
  storage: `${view}@2`,
  group: 'sales.live.1',
  state: 'live' as const,
  lag,
  parkedStreams: 0,
  ...how,
});

it('is behind when it lags for longer than a moment', () => {
  const first = projectionsOf('sales', [status('sales.deals', 3)], [], 1_000);
  expect(first).toMatchObject([{ view: 'sales.deals', version: '2', state: 'live', lag: 3 }]);
  const second = projectionsOf('sales', [status('sales.deals', 5)], first, 3_500);
  expect(second).toMatchObject([{ state: 'behind', lag: 5 }]);
  expect(projectionsOf('sales', [status('sales.deals')], second, 4_000)).toMatchObject([{ state: 'live', lag: 0 }]);
});

it('tells how far a rebuild is, beside the version that is read', () => {
  const rebuilt = (lag: number) => [status('sales.deals'), status('sales.deals', lag, { state: 'rebuilding', storage: 'sales.deals@2~1' })];
  const first = projectionsOf('sales', rebuilt(900), [], 0);
  expect(first).toEqual([
    { service: 'sales', view: 'sales.deals', version: '2', state: 'rebuilding', lag: 900, parked: 0, since: 0, most: 900 },
  ]);
  expect(projectionsOf('sales', rebuilt(300), first, 2_000)).toMatchObject([{ lag: 300, most: 900 }]);
});

it('puts what needs somebody first', () => {
  const list = projectionsOf('sales', [status('a'), status('b', 9, { state: 'rebuilding' }), status('c', 0, { parkedStreams: 2 })], [], 0);
  expect(byTrouble(list).map(({ view }) => view)).toEqual(['c', 'b', 'a']);
});

import type { Operations } from '../tokens.ts';
import { withFigures } from './figures.ts';

const view = { view: 'analytics.names', storage: 'analytics.names@1', state: 'live', lag: 0, parkedStreams: 0 };
const operations = { status: async () => [view] } as unknown as Operations; // nothing else of them is asked
const figures = async (level: boolean, lag: number) =>
  (await withFigures(operations, { isLevel: () => level, lag: async () => ({ sales: lag, contacts: 0 }) }).status())[1];

it('figures catch up until they have been level once', async () => {
  expect(await figures(false, 40)).toMatchObject({ view: 'figures', state: 'catching-up', lag: 40 });
  expect(await figures(false, 0)).toMatchObject({ state: 'catching-up', lag: 0 });
});

it('figures that have been level are live while more comes in, so that a steady load takes no replica away', async () => {
  expect(await figures(true, 18)).toMatchObject({ state: 'live', lag: 18 });
});

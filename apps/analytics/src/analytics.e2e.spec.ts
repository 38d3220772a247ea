import { SalesModule } from '#apps/sales';
import { testApp, type Client, type TestApp } from '#testing/service';
import { AnalyticsModule } from './analytics.module.ts';

let app: TestApp;
let [ann, bob, boss]: Client[] = [];
let deal: string;
beforeAll(async () => {
  app = await testApp([SalesModule, AnalyticsModule]);
  [ann, bob, boss] = [app.as('ann'), app.as('bob'), app.as('boss', { roles: ['administrator'] })];
  const pipeline = (await boss.post('/pipelines', { name: 'Sales' })).body;
  const open = (who: Client, amount: string) =>
    who.post(
      '/opportunities',
      { name: 'Desks', pipelineId: pipeline.id, openedOn: '2020-01-01', expectedCloseOn: '2020-05-01', value: { amount, currency: 'EUR' } },
      { 'rapport-occurred-at': '2020-01-01T00:00:00Z' },
    );
  deal = (await open(ann, '100.00')).body.id;
  await ann.post(`/opportunities/${deal}/win`, { closedOn: '2020-03-01' }, { 'rapport-occurred-at': '2020-03-01T00:00:00Z' });
  await open(bob, '50.05');
});
afterAll(() => app.close());

it('counts what has just been done, as of any day', async () => {
  expect((await boss!.get('/figures/sales')).body.figures).toMatchObject([
    {
      opened: 2,
      won: 1,
      open: 1,
      winRate: '100.00',
      wonValue: [{ amount: '100.00', currency: 'EUR' }],
      cycle: { mean: '60.00', median: '60' },
    },
  ]);
  expect((await boss!.get('/figures/sales?asOf=2020-02-01')).body.figures).toMatchObject([{ opened: 2, won: 0, open: 2 }]);
  expect(
    (await boss!.get('/figures/sales?by=month')).body.figures.map((line: { group: { month: string }; opened: number; won: number }) => [
      line.group.month,
      line.opened,
      line.won,
    ]),
  ).toEqual([
    ['2020-01', 2, 0],
    ['2020-03', 0, 1],
  ]);
});
it('shows a seller their own numbers alone', async () => {
  expect((await bob!.get('/figures/sales')).body.figures).toMatchObject([{ opened: 1, won: 0, open: 1 }]);
  expect((await bob!.get('/figures/sales/records?figure=won')).body.ids).toEqual([]);
  expect((await ann!.get('/figures/sales/records?figure=won&month=2020-03')).body.ids).toEqual([deal]);
});
it('forecasts open deals by month, weighted once', async () =>
  expect((await boss!.get('/figures/sales/forecast')).body.forecast).toEqual([
    { month: '2020-05', deals: 1, value: [{ amount: '50.05', currency: 'EUR' }], weighted: [{ amount: '5.01', currency: 'EUR' }] },
  ]));
it('shows the board as it stood on a day, and what has become of its deals', async () => {
  const then = (await boss!.get('/figures/sales/board?asOf=2020-02-01')).body;
  expect(then.since).toEqual({ stayed: 1, moved: 0, won: 1, lost: 0, removed: 0, opened: 0 });
  expect(then.stages.map((stage: { name: string; count: number }) => [stage.name, stage.count])).toEqual(
    (await boss!.get('/opportunities/board')).body.stages.map((stage: { name: string }, at: number) => [stage.name, at === 0 ? 2 : 0]),
  );
  const [first] = then.stages;
  expect(first).toMatchObject({
    value: [{ amount: '150.05', currency: 'EUR' }],
    weighted: [{ amount: '15.01', currency: 'EUR' }],
    more: 0,
  });
  expect(first.cards[0]).toMatchObject({
    id: deal,
    ownerId: 'ann',
    worth: { amount: '100.00', currency: 'EUR' },
    openedOn: '2020-01-01',
    now: { status: 'won', removed: false },
  });
  const mine = (await bob!.get('/figures/sales/board?asOf=2020-02-01&limit=1')).body;
  expect(mine.stages[0]).toMatchObject({ count: 1, value: [{ amount: '50.05', currency: 'EUR' }] });
});
it('as of now the board is the board', async () => {
  const plain = (stages: Record<string, unknown>[]) =>
    stages.map(({ stageId, count, value, weighted }) => ({ stageId, count, value, weighted }));
  expect(plain((await boss!.get('/figures/sales/board')).body.stages)).toEqual(
    plain((await boss!.get('/opportunities/board')).body.stages),
  );
});
it('tells how long deals stood in a stage', async () =>
  expect((await boss!.get('/figures/sales/stages?asOf=2020-01-31')).body.stages).toMatchObject([{ deals: 2, meanDays: '31.00' }]));
it('says what is wrong with a question', async () => {
  const { body } = await boss!.get('/figures/sales?by=moon&from=2020-02-30&x=1');
  expect([body.status, body.fields.map((one: { field: string }) => one.field)]).toEqual([400, ['by', 'from', 'x']]);
});

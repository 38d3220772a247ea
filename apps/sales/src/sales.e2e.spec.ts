import { testApp, type Client, type TestApp } from '#testing/service';
import { SalesModule } from './sales.module.ts';

let app: TestApp;
let [ann, bob, boss]: Client[] = [];
let pipeline: { id: string; stages: { stageId: string; name: string }[] };
beforeAll(async () => {
  app = await testApp(SalesModule);
  [ann, bob, boss] = [app.as('ann'), app.as('bob'), app.as('boss', { roles: ['administrator'] })];
  pipeline = (await boss.post('/pipelines', { name: 'Sales', isDefault: true })).body;
});
afterAll(() => app.close());
const desks = () => ({ name: 'Ten desks', pipelineId: pipeline.id, value: { amount: '900.00', currency: 'EUR' } });

it('opens a deal once, shows it to its owner, wins it once', async () => {
  const { body: deal } = await ann!.post('/opportunities', desks(), { 'idempotency-key': 'k1' });
  expect((await ann!.post('/opportunities', desks(), { 'idempotency-key': 'k1' })).body).toEqual(deal);
  expect((await ann!.get('/opportunities')).body).toMatchObject([{ name: 'Ten desks', open: true }]);
  expect((await bob!.get('/opportunities')).body).toEqual([]);
  expect((await ann!.post(`/opportunities/${deal.id}/win`, {}, { 'if-match': '"7"' })).status).toBe(412);
  expect((await ann!.post(`/opportunities/${deal.id}/win`, {})).body).toMatchObject({ status: 'won' });
  const twice = await ann!.post(`/opportunities/${deal.id}/win`, {});
  expect([twice.status, twice.body.code]).toEqual([409, 'opportunity-closed']);
});

it('adds up the board per stage and currency, weighted by the stage', async () => {
  const eve = app.as('eve');
  await eve.post('/opportunities', desks());
  await eve.post('/opportunities', { ...desks(), value: { amount: '0.05', currency: 'EUR' } });
  const far = (await eve.post('/opportunities', { ...desks(), value: { amount: '1000', currency: 'JPY' } })).body;
  await eve.post(`/opportunities/${far.id}/stage`, { stageId: pipeline.stages[3]!.stageId });
  const { stages } = (await eve.get('/opportunities/board')).body;
  expect(stages[0]).toMatchObject({
    name: 'Lead generation',
    count: 2,
    value: [{ amount: '900.05', currency: 'EUR' }],
    weighted: [{ amount: '90.01', currency: 'EUR' }],
  });
  expect(stages[3]).toMatchObject({
    count: 1,
    value: [{ amount: '1000', currency: 'JPY' }],
    weighted: [{ amount: '500', currency: 'JPY' }],
    cards: [{ id: far.id }],
  });
});

it('tells the history of a pipeline, however many deals name it', async () => {
  const { id, stages } = (await boss!.post('/pipelines', { name: 'Busy' })).body;
  const deals = Array.from({ length: 1000 }, (_, at) => ({ command: 'open', data: { ...desks(), name: `Deal ${at}`, pipelineId: id } }));
  for (const _ of [1, 2]) await boss!.post('/opportunities/bulk', deals);
  await boss!.patch(`/pipelines/${id}`, { name: 'Busier', stages });
  const history = (await boss!.get(`/pipelines/${id}/history`)).body as { type: string }[];
  expect(history.map(({ type }) => type)).toEqual(['sales.pipeline.changed', 'sales.pipeline.created']);
  expect((await boss!.get(`/pipelines/${id}/history?types=sales.pipeline.created`)).body).toHaveLength(1);
});

it('finds deals by what they are worth, since when they stand in their stage, and what they consist of', async () => {
  const zoe = app.as('zoe');
  const past = { 'rapport-occurred-at': '2020-01-01T10:00:00Z' };
  const desk = (await boss!.post('/products', { code: 'D', name: 'Desk', prices: [{ amount: '90.00', currency: 'EUR' }] })).body;
  const open = async (name: string, amount: string, headers = {}) =>
    (await zoe.post('/opportunities', { ...desks(), name, value: { amount, currency: 'EUR' } }, headers)).body;
  await open('Small', '90.00');
  await open('Large', '1000.00', past);
  const stool = await open('Middling', '900.50');
  await zoe.post(`/opportunities/${stool.id}/lines`, { productId: desk.id, quantity: 1 });
  const names = async (query: string) => (await zoe.get(`/opportunities?${query}`)).body.map((deal: { name: string }) => deal.name);
  expect(await names('sort=-worthAmount')).toEqual(['Large', 'Middling', 'Small']);
  expect(await names('filter=worthAmount gt 90 and stageSince gte "2021-01-01T00:00:00Z"')).toEqual(['Middling']);
  expect(await names(`filter=lines.productId has "${desk.id}"`)).toEqual(['Middling']);
});

it('keeps product codes unique, and frees one that is given up', async () => {
  const first = (await boss!.post('/products', { code: 'GTX', name: 'GTX Pro' })).body;
  expect((await boss!.post('/products', { code: 'gtx', name: 'Other' })).body).toMatchObject({
    status: 409,
    code: 'not-unique',
    fields: [{ field: 'code' }],
  });
  await boss!.patch(`/products/${first.id}`, { code: 'GTX2' });
  expect((await boss!.post('/products', { code: 'gtx', name: 'Other' })).status).toBe(201);
  expect((await ann!.post('/products', { code: 'x', name: 'x' })).status).toBe(403);
});

it('shows a deal as it was', async () => {
  const past = (day: string) => ({ 'rapport-occurred-at': `${day}T10:00:00Z` });
  const deal = (await ann!.post('/opportunities', { ...desks(), openedOn: '2017-01-01' }, past('2017-01-01'))).body;
  await ann!.post(`/opportunities/${deal.id}/win`, { closedOn: '2017-03-01' }, past('2017-03-01'));
  const status = async (asOf: string) => (await ann!.get(`/opportunities/${deal.id}?asOf=${asOf}`)).body.status;
  expect([await status('2017-02-28'), await status('2017-03-01'), await status('2016-12-31')]).toEqual(['open', 'won', 404]);
  expect((await ann!.post(`/opportunities/${deal.id}/reopen`, {}, past('2016-01-01'))).status).toBe(422);
});

it('answers a thousand commands in one call, each with its own result', async () => {
  const items = Array.from({ length: 200 }, (_, index) => ({
    command: 'open',
    data: index === 7 ? { name: '' } : { ...desks(), name: `Bulk ${index}` },
  }));
  const { body } = await ann!.post('/opportunities/bulk', items, { 'idempotency-key': 'bulk' });
  expect(body.filter((result: { status: number }) => result.status === 201)).toHaveLength(199);
  expect(body[7]).toMatchObject({ status: 400, problem: { code: 'invalid' } });
  expect((await ann!.post('/opportunities/bulk', items, { 'idempotency-key': 'bulk' })).body[3].id).toBe(body[3].id);
  expect((await ann!.get('/opportunities?search=bulk&count=true')).headers['rapport-count']).toBe('199');
});

import { Body, Controller, Get, Module, Param, Patch, Post, Query } from '@nestjs/common';
import { IsISO8601, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import {
  act,
  changed,
  create,
  decider,
  defineEvent,
  Day,
  Flag,
  fold,
  Id,
  IsMoney,
  Money,
  on,
  Optional,
  projection,
  Ref,
  reject,
  start,
  Text,
  type Day as DayType,
  type Id as IdType,
  type Money as MoneyType,
} from '#model';
import { Commands, ListQuery, service, Views } from '#service';
import { testApp, type Client, type TestApp } from '#testing/service';

const OfferOpened = defineEvent('stall.offer.opened', { name: Text, ownerId: Ref('workspace.user'), stageId: Id, value: Money });
const OfferMoved = defineEvent('stall.offer.moved', { from: Id, to: Id });
const OfferWon = defineEvent('stall.offer.won', { value: Money, closedOn: Day });
const OfferChanged = changed('stall.offer.changed', { name: Text, note: Optional(Text) });

class OpenOffer {
  @IsString() @Length(1, 200) name!: string;
  @IsOptional() @IsString() ownerId?: IdType;
  @IsUUID() stageId!: IdType;
  @IsMoney() value!: MoneyType;
}
class MoveOffer {
  @IsUUID() stageId!: IdType;
}
class WinOffer {
  @IsOptional() @IsISO8601({ strict: true }) closedOn?: DayType;
}
class ChangeOffer {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsString() note?: string | null;
}

type Deal = { name: string; note?: string; ownerId: IdType; stageId: IdType; value: MoneyType };
type Offer = Deal & ({ status: 'open' } | { status: 'won'; closedOn: DayType });
const evolve = fold<Offer>(
  start(OfferOpened, (e) => ({ status: 'open', ...e.data })),
  on(OfferMoved, (deal, e) => ({ ...deal, stageId: e.data.to })),
  on(OfferChanged, (deal, e) => OfferChanged.apply(deal, e)),
  on(OfferWon, (deal, e) => ({ ...deal, status: 'won', closedOn: e.data.closedOn })),
);
const offer = decider('stall.offer', evolve, {
  open: create(OpenOffer, (command, { actor }) => OfferOpened({ ownerId: actor, ...command })),
  change: act(ChangeOffer, (deal, patch) => OfferChanged.between(deal, patch as never)),
  move: act(MoveOffer, (deal, { stageId }) => (deal.stageId === stageId ? [] : OfferMoved({ from: deal.stageId, to: stageId }))),
  win: act(WinOffer, (deal, { closedOn }, { today }) =>
    deal.status === 'won' ? reject('offer-closed', { status: deal.status }) : OfferWon({ value: deal.value, closedOn: closedOn ?? today }),
  ),
});
const offers = projection(
  'stall.offers',
  { id: Id, name: Text, note: Optional(Text), ownerId: Ref('workspace.user'), stageId: Id, value: Money, open: Flag },
  { version: 1, access: 'owner', indexes: [['stageId'], ['ownerId', 'open'], ['name']], words: ['name'] },
  start(OfferOpened, (e) => ({ id: e.recordId, open: true, ...e.data })),
  on(OfferMoved, (card, e) => ({ ...card, stageId: e.data.to })),
  on(OfferChanged, (card, e) => OfferChanged.apply(card, e)),
  on(OfferWon, (card) => ({ ...card, open: false })),
);

@Controller('offers')
class OfferController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
  ) {}
  @Post()
  open(@Body() body: OpenOffer) {
    return this.commands.create(offer, 'open', body);
  }
  @Patch(':id')
  change(@Param('id') id: string, @Body() body: ChangeOffer) {
    return this.commands.run(offer, id, 'change', body);
  }
  @Post(':id/win')
  win(@Param('id') id: string, @Body() body: WinOffer) {
    return this.commands.run(offer, id, 'win', body);
  }
  @Get('board')
  board(@Query() query: ListQuery) {
    return this.views.list(offers, query);
  }
  @Get(':id')
  one(@Param('id') id: string) {
    return this.views.get(offers, id);
  }
}
@Module(service('stall', { aggregates: { offers: offer }, projections: [offers], controllers: [OfferController] }))
class StallModule {}

const stageId = '0193c5b0-7e1a-7c3e-9d3f-2b6f0c1d4e5a';
const desks = { name: 'Ten desks', stageId, value: { amount: '900.00', currency: 'EUR' } };
const roles = [
  { name: 'stallholder', grants: [{ can: ['read', 'create', 'change', 'remove', 'export'], on: ['stall'], reach: 'own' as const }] },
];
let stall: TestApp;
let [ann, bob, root]: Client[] = [];
beforeEach(async () => {
  stall = await testApp(StallModule, { roles });
  [ann, bob, root] = [
    stall.as('ann', { roles: ['stallholder'] }),
    stall.as('bob', { roles: ['stallholder'] }),
    stall.as('root', { roles: ['administrator'] }),
  ];
});
afterEach(() => stall.close());
const opened = async (body: object = desks) => (await ann!.post('/offers', body)).body as { id: string };

it('opens a deal once, shows it to its owner, wins it once', async () => {
  const first = await ann!.post('/offers', desks, { 'idempotency-key': 'k1' });
  const deal = first.body;
  expect(first).toMatchObject({
    status: 201,
    headers: { etag: '"1"', location: `/api/v1/offers/${deal.id}`, 'rapport-position': expect.stringMatching(/^stall:0:\d+$/) },
  });
  expect((await ann!.post('/offers', desks, { 'idempotency-key': 'k1' })).body).toEqual(deal);
  expect(await ann!.post('/offers', { ...desks, name: 'Nine' }, { 'idempotency-key': 'k1' })).toMatchObject({
    status: 422,
    body: { code: 'key-reused' },
  });
  expect((await ann!.get('/offers/board')).body).toMatchObject([{ name: 'Ten desks', open: true }]);
  expect((await bob!.get('/offers/board')).body).toEqual([]);
  expect((await bob!.get(`/offers/${deal.id}`)).status).toBe(404);
  expect(await ann!.post(`/offers/${deal.id}/win`, {}, { 'if-match': '"7"' })).toMatchObject({
    status: 412,
    body: { code: 'changed-meanwhile' },
    headers: { 'rapport-position': expect.stringMatching(/^stall:0:\d+$/) },
  });
  expect(await ann!.post(`/offers/${deal.id}/win`, {}, { 'if-match': '"1"' })).toMatchObject({
    status: 200,
    body: { status: 'won', revision: 2 },
    headers: { etag: '"2"' },
  });
  expect(await ann!.post(`/offers/${deal.id}/win`)).toMatchObject({
    status: 409,
    body: { code: 'offer-closed', details: { status: 'won' } },
  });
  expect(await ann!.get(`/offers/${deal.id}`)).toMatchObject({
    status: 200,
    body: { open: false },
    headers: { etag: '"2"', 'rapport-fresh': expect.stringMatching(/^\d+$/) },
  });
});

it('changes fields, clears with null, keeps what is absent', async () => {
  const { id } = await opened();
  expect(await ann!.patch(`/offers/${id}`, { note: 'call' })).toMatchObject({ status: 200, body: { name: 'Ten desks', note: 'call' } });
  expect((await ann!.patch(`/offers/${id}`, { note: null })).body).not.toHaveProperty('note');
  expect((await ann!.get(`/offers/${id}`)).body).not.toHaveProperty('note');
});

it('answers a page at a time, with the next and the count in headers', async () => {
  for (const name of ['a', 'b', 'c']) await opened({ ...desks, name });
  const page = await ann!.get('/offers/board?limit=2&sort=name&count=true');
  expect(page).toMatchObject({
    body: [{ name: 'a' }, { name: 'b' }],
    headers: { 'rapport-count': '3', link: expect.stringContaining('rel="next"') },
  });
  const rest = await ann!.get(`/offers/board?limit=2&sort=name&cursor=${encodeURIComponent(page.headers['rapport-next'] as string)}`);
  expect(rest.body).toMatchObject([{ name: 'c' }]);
  expect(rest.headers['rapport-next']).toBeUndefined();
  expect((await ann!.get('/offers/board?sort=nowhere')).status).toBe(400);
  expect((await ann!.get('/offers/board?search=b')).body).toMatchObject([{ name: 'b' }]);
});

it('removes and restores any kind', async () => {
  const { id } = await opened();
  expect(await ann!.post(`/offers/${id}/remove`)).toMatchObject({ status: 200 });
  expect((await ann!.get('/offers/board')).body).toEqual([]);
  expect((await ann!.get('/offers/board?removed=true')).body).toMatchObject([{ id }]);
  expect(await ann!.post(`/offers/${id}/win`)).toMatchObject({ status: 409, body: { code: 'removed' } });
  expect(await ann!.post(`/offers/${id}/restore`)).toMatchObject({ status: 200 });
  expect((await ann!.get('/offers/board')).body).toMatchObject([{ id }]);
  expect((await bob!.post(`/offers/${id}/remove`)).status).toBe(404);
});

it('shows a record’s history to whoever may read it', async () => {
  const { id } = await opened();
  await ann!.patch(`/offers/${id}`, { name: 'Nine desks' });
  const { body } = await ann!.get(`/offers/${id}/history`);
  expect(body).toMatchObject([
    { type: 'stall.offer.changed', actor: 'ann', data: { name: { from: 'Ten desks', to: 'Nine desks' } } },
    { type: 'stall.offer.opened' },
  ]);
  expect((await bob!.get(`/offers/${id}/history`)).status).toBe(404);
  expect((await ann!.get(`/offers/${id}/history?wat=1`)).status).toBe(400);
});

it('runs many commands in one call, a result for each', async () => {
  const { id } = await opened();
  const items = [
    { command: 'open', data: desks },
    { id, command: 'win' },
    { id, command: 'win' },
    { command: 'open', data: { ...desks, name: '' } },
    { command: 'nope' },
    { command: 'win' },
    { id, command: 'remove' },
    7,
  ];
  const { status, body, headers } = await ann!.post('/offers/bulk', items, { 'idempotency-key': 'b1' });
  expect(status).toBe(200);
  // Whoever reads after it sees what all of them have come to.
  expect(headers).toHaveProperty('rapport-position', expect.stringMatching(/^stall:0:\d+$/));
  expect(body.map((one: { status: number }) => one.status)).toEqual([201, 200, 409, 400, 400, 400, 200, 400]);
  expect(body[3].problem.fields[0].field).toBe('name');
  const again = await ann!.post('/offers/bulk', [items[0]], { 'idempotency-key': 'b1' });
  expect(again.body[0]).toMatchObject({ status: 201, id: body[0].id });
  expect((await ann!.post('/offers/bulk', {})).status).toBe(400);
  expect(
    (
      await ann!.post(
        '/offers/bulk',
        Array.from({ length: 1001 }, () => items[0]),
      )
    ).status,
  ).toBe(400);
});

it('exports what the caller sees as CSV, formulas made harmless', async () => {
  await opened({ ...desks, name: '=HYPERLINK("x")' });
  await bob!.post('/offers', { ...desks, name: 'of bob' });
  const { status, headers, text } = await ann!.get('/offers/export?sort=name');
  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  const lines = text.replace('\ufeff', '').trim().split('\r\n');
  expect(lines[0]).toBe('id,name,note,ownerId,stageId,value.amount,value.currency,open');
  expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`);
  expect(text).not.toContain('of bob');
  expect((await stall.as('reader', { roles: ['read-only'] }).get('/offers/export')).status).toBe(403);
});

it('gives the raw feed as CloudEvents to whoever holds events.read', async () => {
  const { id } = await opened();
  await ann!.post(`/offers/${id}/win`);
  const { body, headers } = await root!.get('/services/stall/events?types=stall.offer.won');
  expect(headers['content-type']).toContain('application/cloudevents-batch+json');
  expect(body).toMatchObject([
    {
      specversion: '1.0',
      type: 'stall.offer.won',
      subject: `stall.offer/${id}`,
      dataschema: '/api/events/schemas/stall.offer.won/1.json',
      revision: 2,
    },
  ]);
  expect(await ann!.get('/services/stall/events')).toMatchObject({ status: 403, body: { rule: expect.stringContaining('stallholder') } });
  expect((await root!.get('/services/stall/events?after=x')).status).toBe(400);
});

it('keeps tenants apart on every route', async () => {
  const { id } = await opened();
  const eve = stall.as('eve', { tenant: 'other', roles: ['administrator'] });
  for (const path of [`/offers/${id}`, `/offers/${id}/history`, '/offers/board', '/offers/export', '/services/stall/events'])
    expect((await eve.get(path)).text).not.toContain(id);
  expect((await eve.post(`/offers/${id}/win`)).status).toBe(404);
});

it('shows and rebuilds projections for whoever may manage', async () => {
  await opened();
  await stall.settled();
  expect((await root!.get('/services/stall/projections')).body).toMatchObject([
    { view: 'stall.offers', state: 'live', lag: 0, parkedStreams: 0 },
  ]);
  expect((await ann!.get('/services/stall/projections')).status).toBe(403);
  expect((await root!.post('/services/stall/projections/stall.offers/rebuild')).status).toBe(202);
  expect((await root!.post('/services/stall/projections/nope/rebuild')).status).toBe(404);
  expect((await root!.get('/services/stall/projections/parked')).body).toEqual([]);
});

it('tells followers of changes and events as they come', async () => {
  await stall.app.fastify.listen({ port: 0, host: '127.0.0.1' });
  const { port } = stall.app.fastify.server.address() as { port: number };
  const follow = async (path: string, client: Client) => {
    const stop = new AbortController();
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      headers: { authorization: client.authorization, accept: 'text/event-stream' },
      signal: stop.signal,
    });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (wanted: string) => {
      while (!text.includes(wanted)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`ended before ${wanted}: ${text}`);
        text += value;
      }
      return text;
    };
    return { status: answer.status, until, stop: () => stop.abort() };
  };
  const { id } = await opened();
  const [changes, others, feed] = [
    await follow('/changes', ann!),
    await follow('/changes', bob!),
    await follow('/services/stall/events', root!),
  ];
  expect(await feed.until('stall.offer.opened')).toContain(`"subject":"stall.offer/${id}"`);
  await ann!.post(`/offers/${id}/win`);
  expect(await changes.until('event: change')).toContain(`data: {"view":"stall.offers","kind":"stall.offer","id":"${id}","revision":2}`);
  expect(await feed.until('stall.offer.won')).toContain('"revision":2');
  const own = (await bob!.post('/offers', desks)).body as { id: string };
  expect(await others.until(own.id)).not.toContain(id);
  for (const one of [changes, others, feed]) one.stop();
  expect((await follow('/services/stall/events', ann!)).status).toBe(403);
});

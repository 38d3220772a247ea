import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { openSpans, type SpanStore } from '#engines/figures';
import { uuidV5, type EventType, type Recorded } from '#model';
import { AccountCreated } from '#events/contacts/account';
import { LineAdded, OpportunityLost, OpportunityOpened, OpportunityWon } from '#events/sales/opportunity';
import { PipelineCreated } from '#events/sales/pipeline';
import { UserCreated } from '#events/workspace/user';
import { SpanFollower } from '#runtime';
import { SalesFigures } from './sales-figures.ts';
import { SALES_SPANS } from './span-specs.ts';
import type { Asked } from './sql.ts';

type Row = {
  opportunity_id: string;
  sales_agent: string;
  product: string;
  account: string;
  deal_stage: string;
  engage_date: string;
  close_date: string;
  close_value: string;
};
const rows = parse(readFileSync(new URL('../../../../examples/crm-sales/sales_pipeline.csv', import.meta.url)), { columns: true }) as Row[];
const iso = (text: string) =>
  text &&
  text.replace(
    /^(\d+)\/(\d+)\/(\d+)$/,
    (_, month: string, day: string, year: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );
const IMPORTED = '2026-11-23T10:00:00.000Z';
const id = (kind: string, name: string) => uuidV5(kind, name);

const streams = new Map<string, Recorded[]>();
function add(kind: string, recordId: string, type: EventType<any, any>, data: unknown, at: string): void {
  const stream = streams.get(`${kind}/${recordId}`) ?? [];
  streams.set(`${kind}/${recordId}`, stream);
  stream.push({
    type: type.type,
    data,
    recordId,
    eventId: `${recordId}-${stream.length}`,
    at,
    recordedAt: IMPORTED,
    actor: 'x',
    revision: stream.length + 1,
    tenant: 't',
    kind,
  });
}
const usd = (amount: string) => ({ amount, currency: 'USD' });
const since = '2016-10-01T00:00:00.000Z';
const base = { emails: [], phones: [], addresses: [], tags: [] };
add(
  'sales.pipeline',
  'p',
  PipelineCreated,
  {
    name: 'Sales',
    isDefault: true,
    stages: [
      { stageId: 'prospecting', name: 'Prospecting', probability: 10, retired: false },
      { stageId: 'engaging', name: 'Engaging', probability: 30, retired: false },
    ],
  },
  since,
);
for (const name of new Set(rows.map((row) => row.sales_agent)))
  add('workspace.user', id('user', name), UserCreated, { roleIds: [], active: true, managerId: 'm' }, since);
for (const name of new Set(rows.map((row) => row.account)))
  if (name) add('contacts.account', id('account', name), AccountCreated, { name, ...base }, since);
for (const row of rows) {
  const deal = id('deal', row.opportunity_id);
  const engaged = iso(row.engage_date);
  const at = engaged ? `${engaged}T00:00:00.000Z` : IMPORTED;
  add(
    'sales.opportunity',
    deal,
    OpportunityOpened,
    {
      name: row.product,
      ownerId: id('user', row.sales_agent),
      pipelineId: 'p',
      stageId: row.deal_stage === 'Prospecting' ? 'prospecting' : 'engaging',
      openedOn: engaged || '2026-11-23',
      ...(row.account ? { accountId: id('account', row.account) } : {}),
    },
    at,
  );
  if (row.product)
    add(
      'sales.opportunity',
      deal,
      LineAdded,
      { lineId: 'l', productId: id('product', row.product.replace(/ /g, '')), quantity: 1, price: usd(row.close_value || '0') },
      at,
    );
  const closedOn = iso(row.close_date);
  if (row.deal_stage === 'Won')
    add('sales.opportunity', deal, OpportunityWon, { value: usd(row.close_value), closedOn }, `${closedOn}T00:00:00.000Z`);
  if (row.deal_stage === 'Lost') add('sales.opportunity', deal, OpportunityLost, { reason: 'lost', closedOn }, `${closedOn}T00:00:00.000Z`);
}

let spans: SpanStore;
let figures: SalesFigures;
beforeAll(async () => {
  spans = await openSpans(':memory:');
  await spans.declare(SALES_SPANS.map(({ table, version, columns }) => ({ name: table, version, columns })));
  const follower = new SpanFollower(spans, SALES_SPANS, async (_, names) => names.map((name) => streams.get(name)!));
  const events = [...streams].map(([stream]) => ({ tenant: 't', stream }) as never);
  const apply = (some: never[], position: number) => follower.apply({ log: 'sales', partition: 0, events: some, cursor: { position } });
  for (let start = 0; start < events.length; start += 2000) await apply(events.slice(start, start + 2000), start);
  await apply(events.slice(0, 100), 9000);
  figures = new SalesFigures(spans);
});
afterAll(() => spans.close());
const ask = (more: Partial<Asked> = {}) => figures.figures({ tenant: 't', by: [], validAt: '9998', knownAt: '9998', only: [], ...more });

it('gives every figure of the sample data exactly', async () => {
  const [all] = await ask();
  expect(all).toMatchObject({
    won: 4238,
    lost: 2473,
    open: 2089,
    winRate: '63.15',
    wonValue: [usd('10005534.00')],
    cycle: { mean: '51.78', median: '57' },
  });
  const stages = await ask({ by: ['stage'] });
  expect(Object.fromEntries(stages.map(({ group, open }) => [group.stage, open]))).toEqual({ engaging: 1589, prospecting: 500 });
  expect((await ask({ by: ['account'] })).find(({ group }) => group.account === 'none')!.opened).toBe(1425);
});

it('gives the same by quarter and by seller', async () => {
  const quarters = await ask({ by: ['quarter'], from: '2017-01-01', to: '2017-12-31' });
  expect(quarters.map(({ group, wonValue }) => [group.quarter, wonValue[0]?.amount])).toEqual([
    ['2017-Q1', '1134672.00'],
    ['2017-Q2', '3086111.00'],
    ['2017-Q3', '2982255.00'],
    ['2017-Q4', '2802496.00'],
  ]);
  const sellers = (await ask({ by: ['owner'] })).sort((a, b) => Number(b.wonValue[0]!.amount) - Number(a.wonValue[0]!.amount));
  expect(sellers.slice(0, 3).map(({ group, wonValue }) => [group.owner, wonValue[0]!.amount])).toEqual([
    [id('user', 'Darcel Schlecht'), '1153214.00'],
    [id('user', 'Vicki Laflamme'), '478396.00'],
    [id('user', 'Kary Hendrixson'), '454298.00'],
  ]);
});

it('gives the figures as of a day', async () => {
  const [then] = await ask({ validAt: '2017-06-30T23:59:59.999Z' });
  expect(then).toMatchObject({
    opened: 4365,
    won: 1785,
    lost: 894,
    open: 1686,
    winRate: '66.63',
    wonValue: [usd('4220783.00')],
    cycle: { mean: '55.36', median: '63' },
  });
});

it('as of any day it equals the file cut at that day', async () => {
  for (let day = 20; day < 450; day += 37) {
    const until = new Date(Date.UTC(2016, 9, 20 + day)).toISOString().slice(0, 10);
    const [then] = await ask({ validAt: `${until}T23:59:59.999Z` });
    const opened = rows.filter((row) => row.engage_date && iso(row.engage_date) <= until);
    const closed = (stage: string) => opened.filter((row) => row.deal_stage === stage && iso(row.close_date) <= until);
    const [won, lost] = [closed('Won'), closed('Lost')];
    expect({
      opened: then?.opened ?? 0,
      won: then?.won ?? 0,
      lost: then?.lost ?? 0,
      open: then?.open ?? 0,
      value: then?.wonValue[0]?.amount ?? '0.00',
    }).toEqual({
      opened: opened.length,
      won: won.length,
      lost: lost.length,
      open: opened.length - won.length - lost.length,
      value: `${won.reduce((sum, row) => sum + Number(row.close_value), 0)}.00`,
    });
  }
});

it('knew nothing before it was recorded', async () => expect((await ask({ knownAt: '2018-01-01T00:00:00.000Z' }))[0]?.opened ?? 0).toBe(0));

it('opens every number to its records, and shows each only to whom it belongs', async () => {
  const owner = id('user', 'Darcel Schlecht');
  const asked: Asked = { tenant: 't', by: [], validAt: '9998', knownAt: '9998', only: [], owners: [owner] };
  const [mine] = await figures.figures(asked);
  const found: string[] = [];
  let after: string | undefined;
  do {
    const { ids, next } = await figures.records(asked, 'won', {}, 100, after);
    found.push(...ids);
    after = next;
  } while (after);
  expect(new Set(found).size).toBe(mine!.won);
  const closedOn = new Map(rows.map((row) => [id('deal', row.opportunity_id), row.close_date && iso(row.close_date)]));
  const days = found.map((deal) => closedOn.get(deal)!);
  expect(days).toEqual(days.toSorted().reverse());
  expect(mine!.wonValue).toEqual([usd('1153214.00')]);
  expect((await figures.figures({ ...asked, owners: [] }))[0]?.opened ?? 0).toBe(0);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { startOfDay, uuidV5, uuidV7From } from '#model';
import { EXIT, Fault } from '../fault.ts';
import type { Setting } from '../setting.ts';

type Row = Record<string, string>;
type Item = { id: string; command: string; data: Record<string, unknown>; occurredAt?: string };
type Result = { status: number; problem?: { detail?: string } };
export type DemoSummary = {
  accounts: number;
  users: number;
  products: number;
  opportunities: number;
  findings: string[];
  rejected: number;
  correlation: string;
};

/** Accounts, users, products and the pipeline count as existing since this day. */
const SINCE = '2016-10-01';
const CURRENCY = 'USD';
const ITEMS = 900;

/**
 * Loads the sample data (examples/crm-sales) through bulk calls: what happened in 2016 and 2017 is recorded today, and says both. Ids and keys follow
 * from the files, so loading again changes nothing.
 */
export async function demo(setting: Setting, folder: string): Promise<void> {
  const summary = await load(setting, folder);
  await setting.output.answer(summary, () => [
    `${summary.accounts} accounts, ${summary.users} users, ${summary.products} products, ${summary.opportunities} opportunities.`,
    ...summary.findings,
    `Ask ${setting.url}/api/v1/figures/sales?by=owner for what they come to.`,
  ]);
  if (summary.rejected > 0) throw new Fault(EXIT.findings, `${summary.rejected} items were rejected.`);
}

async function load(setting: Setting, folder: string): Promise<DemoSummary> {
  const client = setting.client();
  const read = (name: string) => parse(readFileSync(join(folder, name)), { columns: true, bom: true, trim: true }) as Row[];
  const { zone } = await client.send<{ zone: string }>('GET', '/settings');
  const moment = (day: string) => startOfDay(day, zone);
  const since = moment(SINCE);
  const correlation = uuidV5('crm-sales', 'correlation');
  const id = (kind: string, name: string) => uuidV7From(Date.parse(since), `crm-sales/${kind}/${name}`);
  const findings: string[] = [];
  let rejected = 0;

  const send = async (resource: string, pass: string, items: Item[]) => {
    for (let from = 0; from < items.length; from += ITEMS) {
      const results = await client.send<Result[]>('POST', `/${resource}/bulk`, items.slice(from, from + ITEMS), {
        'idempotency-key': `crm-sales-${pass}-${from}`,
        'rapport-correlation': correlation,
      });
      const refused = results.filter((result) => result.status >= 400);
      rejected += refused.length;
      for (const { problem } of refused.slice(0, 5)) findings.push(`${resource}: ${problem?.detail ?? 'rejected'}`);
    }
  };
  const made = (kind: string, name: string, data: Record<string, unknown>): Item => ({
    id: id(kind, name),
    command: 'create',
    data,
    occurredAt: since,
  });

  const agents = read('sales_teams.csv');
  const offices = [...new Set(agents.map((row) => row.regional_office!))];
  const managers = new Map(agents.map((row) => [row.manager!, row.regional_office!]));
  await send(
    'teams',
    'teams',
    offices.map((name) => made('team', name, { name })),
  );
  await send(
    'users',
    'managers',
    [...managers].map(([name, office]) => made('user', name, { name, teamId: id('team', office) })),
  );
  await send(
    'users',
    'agents',
    agents.map((row) =>
      made('user', row.sales_agent!, {
        name: row.sales_agent,
        teamId: id('team', row.regional_office!),
        managerId: id('user', row.manager!),
      }),
    ),
  );

  const products = read('products.csv');
  await send(
    'products',
    'products',
    products.map((row) =>
      made('product', row.product!, {
        code: row.product,
        name: row.product,
        series: row.series,
        prices: [{ amount: row.sales_price, currency: CURRENCY }],
      }),
    ),
  );

  const accounts = read('accounts.csv');
  for (const row of accounts)
    if (row.office_location === 'Korea') findings.push(`${row.account}: Korea could be North or South Korea; it is kept as typed`);
  const company = (row: Row) => ({
    name: row.account,
    sector: row.sector,
    country: row.office_location,
    employees: Number(row.employees),
    foundedIn: Number(row.year_established),
    revenue: { amount: millions(row.revenue!), currency: CURRENCY },
  });
  await send(
    'accounts',
    'accounts',
    accounts.map((row) => made('account', row.account!, company(row))),
  );
  // A parent may stand later in the file than its child.
  await send(
    'accounts',
    'parents',
    accounts.flatMap((row) =>
      row.subsidiary_of
        ? [{ id: id('account', row.account!), command: 'change', data: { parentId: id('account', row.subsidiary_of) }, occurredAt: since }]
        : [],
    ),
  );

  const stages = [
    { name: 'Prospecting', probability: 10 },
    { name: 'Engaging', probability: 30 },
  ];
  const pipeline = await client.send<{ id: string; stages: { stageId: string; name: string }[] }>(
    'POST',
    '/pipelines',
    { name: 'Computer hardware', stages },
    { 'idempotency-key': 'crm-sales-pipeline', 'rapport-correlation': correlation, 'rapport-occurred-at': since },
  );
  const stageOf = (name: string) => pipeline.stages.find((stage) => stage.name === name)!.stageId;

  // `GTXPro` is the price list's `GTX Pro`.
  const squeezed = new Map(products.map((row) => [row.product!.replaceAll(' ', '').toLowerCase(), row]));
  const deals = read('sales_pipeline.csv');
  const mended = new Set<string>();
  const items = deals.flatMap((row): Item[] => {
    const product = squeezed.get(row.product!.replaceAll(' ', '').toLowerCase())!;
    if (product.product !== row.product) mended.add(`${row.product} is taken as ${product.product}`);
    const deal = id('opportunity', row.opportunity_id!);
    const [engaged, closed] = [dayOf(row.engage_date!), dayOf(row.close_date!)];
    const opening = engaged ? { occurredAt: moment(engaged) } : {};
    const opened: Item = {
      id: deal,
      command: 'open',
      data: {
        name: `${product.product} for ${row.account || 'an unnamed customer'}`,
        pipelineId: pipeline.id,
        stageId: stageOf(row.deal_stage === 'Prospecting' ? 'Prospecting' : 'Engaging'),
        ownerId: id('user', row.sales_agent!),
        externalId: row.opportunity_id,
        ...(row.account ? { accountId: id('account', row.account) } : {}),
        ...(engaged ? { openedOn: engaged } : {}),
      },
      ...opening,
    };
    const line: Item = { id: deal, command: 'addLine', data: { productId: id('product', product.product!), quantity: 1 }, ...opening };
    const closing = closed ? { occurredAt: moment(closed) } : {};
    if (row.deal_stage === 'Won')
      return [
        opened,
        line,
        { id: deal, command: 'win', data: { closedOn: closed, value: { amount: row.close_value, currency: CURRENCY } }, ...closing },
      ];
    if (row.deal_stage === 'Lost')
      return [opened, line, { id: deal, command: 'lose', data: { closedOn: closed, reason: 'not recorded' }, ...closing }];
    return [opened, line];
  });
  await send('opportunities', 'opportunities', items);
  return {
    accounts: accounts.length,
    users: managers.size + agents.length,
    products: products.length,
    opportunities: deals.length,
    findings: [...mended, ...findings],
    rejected,
    correlation,
  };
}

/** `1100.04` millions in whole units. */
function millions(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.');
  return `${whole}${fraction.padEnd(6, '0').slice(0, 6)}`.replace(/^0+(?=\d)/, '');
}

/** `3/1/2017` (month first) as a day; undefined where there is none. */
function dayOf(text: string): string | undefined {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  return match ? `${match[3]}-${match[1]!.padStart(2, '0')}-${match[2]!.padStart(2, '0')}` : undefined;
}

import { join } from 'node:path';
import { EXIT, Fault } from '../fault.ts';
import type { Client } from '../client.ts';
import type { Progress } from '../output.ts';
import type { Setting } from '../setting.ts';
import { importFile, type ImportHow, type ImportPage, type Moved } from './import.ts';

/** Accounts, users, products and the pipeline count as existing since this day. */
const SINCE = '2016-10-01';
const PIPELINE = 'Computer hardware';
const STAGES = [
  { name: 'Prospecting', probability: 10 },
  { name: 'Engaging', probability: 30 },
];

export type Loaded = Record<string, Pick<ImportPage, 'id' | 'rows' | 'counts'>>;

/**
 * Loads the sample data (examples/crm-sales) as anybody would load theirs, file by file: what happened in 2016 and 2017 is recorded today, and says
 * both. Loading again changes nothing.
 *
 * @throws Fault when a file cannot be taken whole
 */
export async function loadDemo(client: Client, folder: string, moved: Moved): Promise<Loaded> {
  const loaded: Loaded = {};
  const take = async (resource: string, file: string, how: ImportHow = {}) => {
    const { id, rows, counts, status, problem } = await importFile(client, resource, join(folder, file), moved, {
      ...how,
      label: file,
    });
    if (status !== 'done') throw new Fault(EXIT.failed, `${file}: ${problem ?? status}`);
    loaded[resource] = { id, rows, counts };
  };
  await take('users', 'sales_teams.csv', { settings: { since: SINCE } });
  await take('products', 'products.csv', { settings: { since: SINCE, currency: 'USD' } });
  await take('accounts', 'accounts.csv', {
    settings: { since: SINCE, currency: 'USD' },
    columns: [{ heading: 'revenue', field: 'revenue', times: 1_000_000 }],
  });
  await take('contacts', 'people.csv', { settings: { since: SINCE } });
  await client.send(
    'POST',
    '/pipelines',
    { name: PIPELINE, stages: STAGES },
    { 'idempotency-key': 'crm-sales-pipeline', 'rapport-occurred-at': `${SINCE}T00:00:00Z` },
  );
  await take('opportunities', 'sales_pipeline.csv', {
    settings: { currency: 'USD', defaults: [{ field: 'pipeline', value: PIPELINE }] },
  });
  return loaded;
}

/** `rapport demo`. */
export async function demo(setting: Setting, folder: string): Promise<void> {
  const bars = new Map<string, Progress>();
  const loaded = await loadDemo(setting.client(), folder, (resource, row, rows) => {
    if (!bars.has(resource)) bars.set(resource, setting.output.progress(`Importing ${resource}`, rows));
    bars.get(resource)!.to(row, rows);
    if (row === rows) bars.get(resource)!.end();
  });
  const rejected = Object.values(loaded).reduce((sum, { counts }) => sum + counts.rejected, 0);
  await setting.output.answer(loaded, () => [
    ...Object.entries(loaded).map(
      ([resource, { id, rows, counts }]) =>
        `${resource}: ${rows} rows, ${counts.created} created, ${counts.unchanged} unchanged, ${counts.noted} noted (import ${id})`,
    ),
    `Ask ${setting.url}/api/v1/figures/sales?by=owner for what they come to.`,
  ]);
  if (rejected > 0) throw new Fault(EXIT.findings, `${rejected} rows were rejected.`);
}

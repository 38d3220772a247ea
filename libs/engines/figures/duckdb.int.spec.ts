import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOrRenewSpans, openSpans, type SpanTable } from '#engines/figures';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spans-'));
});
afterEach(() => rm(folder, { recursive: true }));

const DEALS: SpanTable = { name: 'deals', version: 1, columns: { owner: 'text' } };
const span = { tenant: 't', id: 'd1', validFrom: '2020', validTo: '9999', knownFrom: '2020', knownTo: '9999', values: { owner: 'ann' } };

/** Opens the file with one table, and closes it after the work. */
async function using<T>(table: SpanTable, work: (store: Awaited<ReturnType<typeof openSpans>>) => Promise<T>): Promise<T> {
  const store = await openSpans(join(folder, 'figures.duckdb'));
  try {
    await store.declare([table]);
    return await work(store);
  } finally {
    await store.close();
  }
}
const fill = () =>
  using(DEALS, (store) =>
    store.replace([{ table: 'deals', records: [{ tenant: 't', id: 'd1' }], spans: [span] }], { log: 'sales', partition: 0, position: 7 }),
  );

it('keeps spans and how far their log was followed', async () => {
  await fill();
  await using(DEALS, async (store) => {
    expect(await store.ask('SELECT owner FROM deals', [])).toEqual([{ owner: 'ann' }]);
    expect(await store.cursor('sales', 0)).toEqual({ position: 7 });
  });
});

it('throws a damaged file away and begins anew', async () => {
  const file = join(folder, 'figures.duckdb');
  await fill();
  const bytes = await readFile(file);
  await writeFile(file, bytes.fill(0x2a, 0, 8192));
  let renewed = 0;
  const store = await openOrRenewSpans(file, () => renewed++);
  await store.declare([DEALS]);
  expect([renewed, await store.cursor('sales', 0)]).toEqual([1, undefined]);
  await store.close();
});

it.each([
  ['other columns', { ...DEALS, columns: { owner: 'text', worth: 'whole' } } as SpanTable],
  ['values of another making', { ...DEALS, version: 2 }],
])('begins from the first event with %s', async (_, table) => {
  await fill();
  await using(table, async (store) => {
    expect(await store.ask('SELECT owner FROM deals', [])).toEqual([]);
    expect(await store.cursor('sales', 0)).toBeUndefined();
  });
});

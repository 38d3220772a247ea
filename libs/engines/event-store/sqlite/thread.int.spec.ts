import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { logThread, sqliteEventStore, StoreUnavailable, threadedVault, WrongRevision, type LogThread } from '#engines/event-store';
import { vaultContract } from '../../vault/contract.ts';
import { sampleEvents } from '../samples.ts';

const [TENANT, DESKS] = ['acme', 'sales.opportunity/desks'];
let folder: string;
let thread: LogThread;
let files: { sales: string; contacts: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thread-'));
  files = { sales: join(folder, 'sales.db'), contacts: join(folder, 'contacts.db') };
  thread = await logThread({ logs: files });
});
afterEach(async () => {
  await thread.close();
  await rm(folder, { recursive: true });
});

it('serves several logs over one port, and tells each store of its own log only', async () => {
  const port = thread.connect();
  const sales = sqliteEventStore({ log: 'sales', file: files.sales, port });
  const contacts = sqliteEventStore({ log: 'contacts', file: files.contacts, port });
  const heads: [string, number][] = [];
  sales.onAppended((head) => heads.push(['sales', head]));
  contacts.onAppended((head) => heads.push(['contacts', head]));
  const samples = sampleEvents();
  await Promise.all([sales.append([samples.next(TENANT, DESKS, 2)]), contacts.append([samples.next(TENANT, 'contacts.contact/ann')])]);
  await contacts.append([samples.next(TENANT, 'contacts.contact/ann')]);
  expect(await sales.head()).toBe(2);
  expect(await contacts.head()).toBe(2);
  expect(heads.filter(([log]) => log === 'sales')).toEqual([['sales', 2]]);
  await sales.close();
  await contacts.close();
});

it('tells every client of what another has appended', async () => {
  const [one, other] = [1, 2].map(() => sqliteEventStore({ log: 'sales', file: files.sales, port: thread.connect() })) as [
    ReturnType<typeof sqliteEventStore>,
    ReturnType<typeof sqliteEventStore>,
  ];
  const stop = new AbortController();
  const batches = other.subscribe(0, { signal: stop.signal })[Symbol.asyncIterator]();
  expect((await batches.next()).value).toEqual({ caughtUp: true, position: 0 });
  const next = batches.next();
  await one.append([sampleEvents().next(TENANT, DESKS)]);
  expect((await next).value).toMatchObject({ events: [{ stream: DESKS, revision: 1 }] });
  stop.abort();
  await one.close();
  await other.close();
});

it('takes appends of other worker threads, and gives them the same errors', async () => {
  const port = thread.connect();
  const module = new URL('../index.ts', import.meta.url).href;
  const script = `
    const { workerData, parentPort } = require('node:worker_threads');
    import(${JSON.stringify(module)}).then(async ({ sqliteEventStore, WrongRevision }) => {
      const store = sqliteEventStore(workerData.store);
      const { position } = await store.append([workerData.append]);
      const error = await store.append([workerData.append]).catch((error) => error);
      parentPort.postMessage({ position, wrong: error instanceof WrongRevision, actual: error.actual });
    });`;
  const worker = new Worker(script, {
    eval: true,
    workerData: { store: { log: 'sales', file: files.sales, port }, append: sampleEvents().next(TENANT, DESKS) },
    transferList: [port],
    execArgv: ['--conditions=source'],
  });
  const answer = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  expect(answer).toEqual({ position: 1, wrong: true, actual: 1 });
  await worker.terminate();
});

it('writes what it has received before it ends, and refuses what comes later', async () => {
  const store = sqliteEventStore({ log: 'sales', file: files.sales, port: thread.connect() });
  const samples = sampleEvents();
  const appends = Array.from({ length: 50 }, (_, i) => store.append([samples.next(TENANT, `sales.opportunity/${i}`)]));
  await new Promise((resolve) => setImmediate(resolve));
  const closing = thread.close();
  const results = await Promise.allSettled(appends);
  await closing;
  expect(await store.readLog(0, 100)).toHaveLength(results.filter(({ status }) => status === 'fulfilled').length);
  await expect(store.append([samples.next(TENANT, DESKS)])).rejects.toBeInstanceOf(StoreUnavailable);
  await store.close();
});

it('refuses a log it does not hold', async () => {
  await sqliteEventStore({ log: 'support', file: join(folder, 'support.db') }).close();
  const store = sqliteEventStore({ log: 'support', file: join(folder, 'support.db'), port: thread.connect() });
  await expect(store.append([sampleEvents().next(TENANT, DESKS)])).rejects.toThrow('no log named support');
  await store.close();
});

it('carries a lost race between clients as the same error', async () => {
  const stores = [1, 2, 3].map(() => sqliteEventStore({ log: 'sales', file: files.sales, port: thread.connect() }));
  const results = await Promise.allSettled(stores.map((store, i) => store.append([sampleEvents(String(i)).next(TENANT, DESKS)])));
  const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  expect(lost).toHaveLength(2);
  for (const error of lost) expect(error).toBeInstanceOf(WrongRevision);
  await Promise.all(stores.map((store) => store.close()));
});

vaultContract('SQLite, held by the log thread', async () => {
  const vaultFolder = await mkdtemp(join(tmpdir(), 'vault-'));
  const open = () =>
    logThread({
      logs: { sales: join(vaultFolder, 'sales.db') },
      vaultFile: join(vaultFolder, 'vault.db'),
      vaultOptions: { masterKey: new Uint8Array(32).fill(7) },
    });
  let holder = await open();
  return {
    vault: threadedVault(holder.connect()),
    async reopen() {
      await holder.close();
      holder = await open();
      return threadedVault(holder.connect());
    },
    async close() {
      await holder.close();
      await rm(vaultFolder, { recursive: true });
    },
  };
});

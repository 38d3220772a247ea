import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { dataFolder } from '#engines/data-folder';
import { kafkaBus } from '#engines/event-bus';
import { lockFolder, migratePostgresLog, openPostgresLog, sqliteEventStore } from '#engines/event-store';
import { openMongoModels } from '#engines/read-models';
import { begin, commandLine, hostProcess, tokenOf, until, type Host } from '#testing/all-in-one';
import { freshDatabase } from '../../../tools/engines/fresh.mjs';
import { engineUnderTest } from '../../../tools/engines/under-test.mjs';

const engine = await engineUnderTest('postgres');
const server = 'skipped' in engine ? undefined : engine;
afterAll(() => server?.stop());

/** An installation with a little of everything, as it was left: stopped. */
let host: Host;
let shown: Record<string, unknown>;
const erased = { id: '', name: 'Otto Stern' };
let files: string;
beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'rapport-move-test-'));
  host = await hostProcess();
  const running = await host.start({ first: true });
  await begin(running);
  const ask = asking(running.url, await tokenOf(host, running.url));
  const contacts: string[] = [];
  for (const name of ['Rosa Klein', erased.name, 'Ada Böll', '李 雷'])
    contacts.push(((await ask('/contacts', { name, emails: [{ address: `c${contacts.length}@example.com` }] })) as { id: string }).id);
  const { id: account } = (await ask('/accounts', { name: 'Acme', country: 'de' })) as { id: string };
  const stages = [{ name: 'Proposal', probability: 50 }];
  const { id: pipeline } = (await ask('/pipelines', { name: 'Usual', stages, isDefault: true })) as { id: string };
  for (let deal = 0; deal < 30; deal++) {
    const value = { amount: `${deal}.50`, currency: 'EUR' };
    const of = { accountId: account, contactId: contacts[deal % 2 ? 0 : 2] };
    const opened = (await ask('/opportunities', { name: `Deal ${deal}`, pipelineId: pipeline, value, ...of })) as { id: string };
    if (deal % 3 === 0) await ask(`/opportunities/${opened.id}/win`, {});
  }
  await ask(`/contacts/${contacts[0]}/merge`, { absorbedId: contacts[2] });
  erased.id = contacts[1]!;
  await ask(`/contacts/${erased.id}/erase`, {});
  await commandLine(
    host,
    running.url,
    'import',
    'products',
    join(process.cwd(), 'examples/crm-sales/products.csv'),
    '--set',
    'currency=USD',
  );
  shown = await everything(running.url, await tokenOf(host, running.url));
  running.child.kill('SIGTERM');
  expect(await running.ended).toBe(0);
}, 120_000);
afterAll(() => {
  host.close();
  rmSync(files, { recursive: true, force: true });
});

type Ask = (path: string, body?: object) => Promise<unknown>;
function asking(url: string, token: string): Ask {
  return async (path, body) => {
    const send = () =>
      fetch(`${url}/api/v1${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
        body: body && JSON.stringify(body),
      });
    // What is not level yet says so.
    const level = async () => {
      const told = await send();
      return told.status !== 503 && told;
    };
    const answer = body ? await send() : await until(level);
    const text = await answer.text();
    if (answer.status >= 400) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text, withoutSweeps) as unknown;
  };
}

/** Whoever runs for more than a minute sweeps once more after an erasure, and writes that down. */
const withoutSweeps = (_key: string, value: unknown) =>
  Array.isArray(value) ? value.filter((one) => !(one as { type?: string } | null)?.type?.endsWith?.('.erasure.swept')) : value;

/** What people see of it. */
async function everything(url: string, token: string): Promise<Record<string, unknown>> {
  const ask = asking(url, token);
  const found: Record<string, unknown> = {};
  for (const path of [
    '/contacts?sort=id',
    '/accounts?sort=id',
    '/opportunities?sort=id',
    '/products?sort=id',
    '/pipelines',
    '/users?sort=id',
  ])
    found[path] = await ask(path);
  for (const { id } of found['/contacts?sort=id'] as { id: string }[])
    for (const path of [`/contacts/${id}`, `/contacts/${id}/360`, `/contacts/${id}/history`]) found[path] = await ask(path);
  found.figures = await until(async () => {
    const figures = await ask('/figures/sales?by=owner');
    return JSON.stringify(figures).includes('10') && figures;
  });
  return found;
}

let made = 0;
const freshFolder = () => join(files, `folder-${++made}`);
/** The command line on nothing but what it is given. */
const moving = (...args: string[]) => commandLine({ folder: freshFolder() }, 'http://127.0.0.1:1', 'move', ...args);
const answerOf = ({ out }: { out: string }) => JSON.parse(out.split('\n').find((line) => line.startsWith('{'))!) as Record<string, any>;
const starting = async (folder: string) => {
  const launched = host.launch({ RAPPORT_DATA: folder });
  return { exit: await launched.ended, output: launched.output() };
};

(server ? describe : describe.skip)(`moving house, SQLite and PostgreSQL against ${server?.against ?? 'nothing'}`, () => {
  let databases: { url: string; drop(): Promise<void> }[];
  let settings: string;
  let logs: string;
  let identity: string;
  beforeEach(async () => {
    databases = [await freshDatabase(server!.address), await freshDatabase(server!.address)];
    logs = databases[0]!.url;
    settings = join(files, `services-${++made}.env`);
    identity = join(files, `identity-${made}`);
    writeFileSync(
      settings,
      `RAPPORT_LOG=${logs}\nRAPPORT_VAULT=${databases[1]!.url}\nRAPPORT_MASTER_KEY=${randomBytes(32).toString('base64')}\nRAPPORT_FILES=${join(files, `imports-${made}`)}\nRAPPORT_IDENTITY=${identity}\n`,
    );
  });
  afterEach(() => Promise.all(databases.map(({ drop }) => drop())));

  it('there and back again: every record, history and figure is the same, and who was erased stays erased', async () => {
    const there = await moving(host.folder, settings);
    expect(there).toMatchObject({ exit: 0 });
    expect(answerOf(there)).toMatchObject({
      whole: true,
      vault: { same: true, destroyed: 1 },
      views: { same: true },
      logs: expect.arrayContaining([expect.objectContaining({ log: 'sales', there: 0, same: true, faults: [] })]),
    });
    const home = freshFolder();
    const back = await moving(settings, home);
    expect(back).toMatchObject({ exit: 0 });
    expect(
      answerOf(back)
        .logs.map(({ log, sha256 }: Record<string, string>) => [log, sha256])
        .sort(),
    ).toEqual(
      answerOf(there)
        .logs.map(({ log, sha256 }: Record<string, string>) => [log, sha256])
        .sort(),
    );
    expect(readFileSync(dataFolder(home).identity, 'utf8')).toBe(readFileSync(dataFolder(host.folder).identity, 'utf8'));
    const running = await host.start({ env: { RAPPORT_DATA: home } });
    try {
      const now = await everything(running.url, await tokenOf({ folder: home }, running.url));
      expect(now).toEqual(shown);
      expect(JSON.stringify(now)).not.toContain(erased.name);
      expect(await commandLine({ folder: home }, running.url, 'verify')).toMatchObject({ exit: 0 });
    } finally {
      running.child.kill('SIGTERM');
      await running.ended;
    }
  }, 120_000);

  it('killed in the middle it goes on where it stopped; until then nothing starts there, and nothing moves on from there', async () => {
    for (const log of ['workspace', 'contacts', 'sales', 'analytics']) await migratePostgresLog({ url: logs, log });
    const [holder, watcher] = [new pg.Client({ connectionString: logs }), new pg.Client({ connectionString: logs })];
    await Promise.all([holder.connect(), watcher.connect()]);
    await holder.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('rapport log rapport_sales', 0))`);
    const cli = join(process.cwd(), 'dist/apps/cli/src/main.js');
    const child = spawn(process.execPath, [cli, 'move', host.folder, settings]);
    try {
      // Contacts comes before sales, which waits.
      await until(async () => {
        const { rows } = await watcher.query(
          `SELECT FROM pg_stat_activity WHERE wait_event = 'advisory' AND query LIKE '%rapport_sales.append%'`,
        );
        return rows.length > 0;
      });
    } finally {
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
      await holder.query('ROLLBACK');
      await Promise.all([holder.end(), watcher.end()]);
    }
    const log = await openPostgresLog({ url: logs, log: 'contacts' });
    const [half, whole] = [await log.head(), await contactsHere()];
    await log.close();
    expect(half).toBe(whole);
    expect(await moving(settings, freshFolder())).toMatchObject({ exit: 1, out: expect.stringContaining('begun and has not ended') });
    const dry = await moving(host.folder, settings, '--dry-run');
    expect(answerOf(dry).logs).toEqual(expect.arrayContaining([expect.objectContaining({ log: 'contacts', events: whole, there: whole })]));
    const again = await moving(host.folder, settings, '--no-rebuild');
    expect(again.exit).toBe(0);
    expect(answerOf(again).logs).toEqual(expect.arrayContaining([expect.objectContaining({ log: 'contacts', there: whole, same: true })]));
    expect(answerOf(again).logs).toEqual(expect.arrayContaining([expect.objectContaining({ log: 'sales', there: 0, same: true })]));
  }, 120_000);

  it('a tenant at a time, without what is the whole installation’s', async () => {
    const none = await moving(host.folder, settings, '--tenant', 'nobody', '--no-rebuild');
    expect(answerOf(none)).toMatchObject({ whole: true, vault: { people: 0, same: true } });
    expect(answerOf(none).logs.map(({ events }: { events: number }) => events)).toEqual([0, 0, 0, 0]);
    const moved = answerOf(await moving(host.folder, settings, '--tenant', 'main'));
    expect(moved).toMatchObject({ whole: true, tenant: 'main', vault: { same: true, destroyed: 1 }, views: { same: true } });
    expect(existsSync(identity)).toBe(false);
  }, 60_000);

  it('not into another installation, which is left as it was', async () => {
    expect(await moving(host.folder, settings, '--no-rebuild')).toMatchObject({ exit: 0 });
    const stranger = freshFolder();
    const running = await host.start({ first: true, env: { RAPPORT_DATA: stranger } });
    running.child.kill('SIGTERM');
    await running.ended;
    const refused = await moving(stranger, settings);
    expect(refused).toMatchObject({ exit: 1, out: expect.stringMatching(/another installation|of its own/) });
    // Nothing is marked: what lives there may be started.
    expect(await moving(settings, freshFolder(), '--dry-run')).toMatchObject({ exit: 0 });
  }, 60_000);
});

const [kafka, mongo] = await Promise.all(['kafka', 'mongo'].map((name) => engineUnderTest(name)));
afterAll(() => Promise.all([kafka, mongo].map((one) => 'stop' in one! && one.stop())));
const [brokers, models] = [kafka, mongo].map((one) => ('address' in one! ? one.address : undefined));
(server && brokers && models ? it : it.skip)(
  'views and topics of another life are thrown away, and topics begin a new generation',
  async () => {
    const [database, prefix] = [await freshDatabase(server!.address), `t${randomBytes(4).toString('hex')}`];
    const settings = join(files, `whole-${++made}.env`);
    writeFileSync(
      settings,
      `RAPPORT_LOG=${database.url}\nRAPPORT_VAULT=${database.url}\nRAPPORT_MASTER_KEY=${randomBytes(32).toString('base64')}\nRAPPORT_FILES=${join(files, `imports-${made}`)}\nRAPPORT_MODELS=${models}/${prefix}\nRAPPORT_KAFKA=${brokers}\nRAPPORT_KAFKA_PREFIX=${prefix}\n`,
    );
    const [views, bus] = [
      await openMongoModels({ url: models!, database: `${prefix}_sales` }),
      await kafkaBus({ brokers: [brokers!], prefix, logs: ['sales'] }),
    ];
    const former = sqliteEventStore({ log: 'sales', file: dataFolder(host.folder).log('sales'), readOnly: true });
    try {
      await views.declare([{ name: 'sales.board@1', indexes: [] }]);
      const outlet = bus.outlet('sales');
      await outlet.announce(await outlet.send(await former.readLog(0, 20), await outlet.prepare(undefined)));
      const moved = await moving(host.folder, settings, '--no-rebuild');
      expect(answerOf(moved)).toMatchObject({
        whole: true,
        left: [
          'The source has a built-in issuer, and the target names no folder for one (RAPPORT_IDENTITY): it needs an issuer of its own.',
        ],
      });
      expect(await views.collections()).toEqual([]);
      // A connection that has seen the topic first fails on it, and asks anew.
      expect(await until(() => outlet.prepare(undefined).catch(() => false as const))).toMatchObject({ generation: 2, position: 0 });
    } finally {
      await former.close();
      await bus.close();
      await views.close();
      await database.drop();
    }
  },
  120_000,
);

const contactsHere = async () => {
  const log = sqliteEventStore({ log: 'contacts', file: dataFolder(host.folder).log('contacts'), readOnly: true });
  const head = await log.head();
  await log.close();
  return head;
};

describe('moving from a folder to another', () => {
  it('stops when the target can take no more, starts nothing on the part, and goes on', async () => {
    const target = freshFolder();
    expect(await moving(host.folder, target, '--dry-run')).toMatchObject({ exit: 0 });
    const intruder = new DatabaseSync(dataFolder(target).log('sales'));
    intruder.exec('BEGIN IMMEDIATE');
    expect(await moving(host.folder, target)).toMatchObject({ exit: 3, out: expect.stringContaining('goes on from there') });
    intruder.exec('ROLLBACK');
    intruder.close();
    const started = await starting(target);
    expect(started).toMatchObject({ exit: 78, output: expect.stringContaining('begun and has not ended') });
    expect(await moving(host.folder, target, '--no-rebuild')).toMatchObject({ exit: 0 });
    const again = await moving(host.folder, target, '--no-rebuild');
    expect(answerOf(again).logs.every(({ events, there }: { events: number; there: number }) => events === there)).toBe(true);
  }, 60_000);

  it('not while the source is in use', async () => {
    const unlock = lockFolder(host.folder);
    try {
      expect(await moving(host.folder, freshFolder())).toMatchObject({ exit: 1, out: expect.stringContaining('in use') });
    } finally {
      unlock();
    }
  });

  it('not from a folder without logs, nor by settings that name no engine', async () => {
    expect(await moving(freshFolder(), freshFolder())).toMatchObject({ exit: 1, out: expect.stringContaining('holds no logs') });
    const file = join(files, 'wrong.env');
    writeFileSync(file, 'RAPPORT_LOG=mysql://nowhere\n');
    expect(await moving(host.folder, join(files, 'mistyped.env'))).toMatchObject({
      exit: 2,
      out: expect.stringContaining('There is no file'),
    });
    expect(await moving(host.folder, file)).toMatchObject({ exit: 2, out: expect.stringContaining('RAPPORT_LOG is malformed') });
    expect(existsSync(file)).toBe(true);
  });
});

/** What docs/operations.md tells operators to do, done. */
import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openPostgresLog, type EventStore } from '#engines/event-store';
import { openPostgresVault, type Vault } from '#engines/vault';
import { hashOf } from '#model';
import { missing, start } from '../../../../tools/engines/postgres.mjs';
import { sqlAt } from '../../testing/postgres.ts';
import { sampleEvents } from '../samples.ts';

const run = promisify(execFile);
const masterKey = new Uint8Array(32).fill(7);
const TENANT = 'acme';

((await missing()) ? describe.skip : describe)('backed up and restored: PostgreSQL', () => {
  let folder: string;
  let servers: Awaited<ReturnType<typeof start>>[];
  let closing: { close(): Promise<void> }[];
  let samples: ReturnType<typeof sampleEvents>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'restore-'));
    await chmod(folder, 0o755); // the server may run as another user
    servers = [];
    closing = [];
    samples = sampleEvents();
  });
  afterEach(async () => {
    for (const one of closing) await one.close();
    for (const server of servers) await server.stop();
    await rm(folder, { recursive: true });
  });

  const folderOf = (name: string) => join(folder, name);
  async function serve(name: string, settings?: Record<string, string>): Promise<string> {
    const server = await start({ folder: folderOf(name), settings });
    servers.push(server);
    return server.address;
  }
  async function openLog(url: string): Promise<EventStore> {
    const store = await openPostgresLog({ url, log: 'contacts' });
    closing.push(store);
    return store;
  }
  async function openVault(url: string): Promise<Vault> {
    const vault = await openPostgresVault({ url, masterKey });
    closing.push(vault);
    return vault;
  }
  const inDatabase = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const append = (store: EventStore, id: string, count = 1, tenant = TENANT) =>
    store.append([samples.next(tenant, `contacts.contact/${id}`, count)]);
  const all = (store: EventStore) => store.readLog(0, 10_000);

  it('a dump taken while the log is written is the log as it was at one moment, and is written on', async () => {
    const url = await serve('server');
    const store = await openLog(url);
    for (const tenant of [TENANT, 'globex', 'initech']) await append(store, 'a', 20, tenant);
    const dumping = run('pg_dump', ['--format=custom', `--file=${folderOf('log.dump')}`, '--schema=rapport_contacts', url]);
    const done = new AbortController();
    const dumped = dumping.finally(() => done.abort());
    for (let i = 0; !done.signal.aborted; i++) await append(store, `b${i}`, 2, i % 2 ? TENANT : `tenant ${i}`);
    await dumped;
    await sqlAt(url, 'CREATE DATABASE restored');
    await run('pg_restore', ['--exit-on-error', '--single-transaction', `--dbname=${inDatabase(url, 'restored')}`, folderOf('log.dump')]);
    const restored = await openLog(inDatabase(url, 'restored'));
    const kept = await all(restored);
    expect(kept.length).toBeGreaterThanOrEqual(60);
    expect(kept).toEqual((await all(store)).slice(0, kept.length));
    expect(await restored.verify()).toEqual([]);
    await append(restored, 'new', 3, 'a new tenant');
    await append(restored, 'new', 3);
    expect(await restored.verify()).toEqual([]);
  });

  it('a base back-up and the archived write-ahead log give the log of any moment since', async () => {
    await mkdir(folderOf('archive'));
    await mkdir(folderOf('restored'));
    const url = await serve('server', { archive_mode: 'on', archive_command: `cp %p ${folderOf('archive')}/%f` });
    const { uid, gid } = await stat(folderOf('server/cluster'));
    for (const name of ['archive', 'restored']) await chown(folderOf(name), uid, gid);
    const as = process.getuid!() === 0 ? { uid, gid } : {};
    const store = await openLog(url);
    await append(store, 'before', 5);
    await run(
      'pg_basebackup',
      [`--dbname=${url}`, `--pgdata=${folderOf('restored/cluster')}`, '--checkpoint=fast', '--wal-method=stream'],
      as,
    );
    await append(store, 'after', 5);
    const [moment] = await sqlAt<{ now: string }>(url, 'SELECT clock_timestamp()::text AS now');
    await append(store, 'mistake', 5);
    await sqlAt(url, 'SELECT pg_switch_wal()');
    await store.close();
    await servers[0]!.stop();

    await copyFile(folderOf('server/password'), folderOf('restored/password'));
    await writeFile(folderOf('restored/cluster/recovery.signal'), '');
    const restored = await openLog(
      await serve('restored', {
        restore_command: `cp ${folderOf('archive')}/%f %p`,
        recovery_target_time: moment!.now,
        recovery_target_action: 'promote',
      }),
    );
    const events = await all(restored);
    expect(events.map(({ stream }) => stream)).toEqual([
      ...Array(5).fill('contacts.contact/before'),
      ...Array(5).fill('contacts.contact/after'),
    ]);
    expect(await restored.verify()).toEqual([]);
    expect(await append(restored, 'next')).toMatchObject({ position: 11 });
  });

  it('an older vault forgets erasures until those of the log are applied again', async () => {
    const url = await serve('server');
    await sqlAt(url, 'CREATE DATABASE vault');
    await sqlAt(url, 'CREATE DATABASE restored');
    const store = await openLog(url);
    const vault = await openVault(inDatabase(url, 'vault'));
    const people = ['contacts.contact/ann', 'contacts.contact/bob'];
    const [ann, bob] = await vault.make(TENANT, people);
    await run('pg_dump', ['--format=custom', `--file=${folderOf('vault.dump')}`, '--schema=rapport_vault', inDatabase(url, 'vault')]);
    await vault.destroy(TENANT, [people[0]!], '2026-01-01T00:00:00.000Z');
    const append = samples.next(TENANT, people[0]!);
    const erased = { ...append.events[0]!, type: 'contacts.contact.erased' };
    await store.append([{ ...append, events: [{ ...erased, hash: hashOf(erased, '') }] }]);

    const target = inDatabase(url, 'restored');
    await run('pg_restore', ['--exit-on-error', '--single-transaction', `--dbname=${target}`, folderOf('vault.dump')]);
    const restored = await openVault(target);
    expect(await restored.keys(TENANT, people)).toEqual([ann, bob]);
    const written = `SELECT format('SELECT rapport_vault.destroy(%L, ARRAY[%L], %L);', tenant, stream, body::json ->> 'recordedAt')
      FROM rapport_contacts.events WHERE type LIKE '%.erased' ORDER BY position`;
    const { stdout: erasures } = await run('psql', [url, '--tuples-only', '--no-align', '--command', written]);
    await writeFile(folderOf('erasures.sql'), erasures);
    for (const _ of ['once', 'and again']) await run('psql', [target, '--set=ON_ERROR_STOP=1', `--file=${folderOf('erasures.sql')}`]);
    expect(await restored.keys(TENANT, people)).toEqual(['erased', bob]);
    expect(await restored.tombstones(0, 10)).toMatchObject([{ tenant: TENANT, person: people[0] }]);
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { openSync, readSync, statSync, writeSync, closeSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { begin, commandLine, hostProcess, tokenOf, until, type Host, type Server } from './testing/host-process.ts';

let host: Host;
let server: Server;
let token: string;
beforeAll(async () => {
  host = await hostProcess();
  writeFileSync(clock, '0');
  server = await host.start({ first: true, nodeOptions: CLOCK });
  await begin(server);
  token = await tokenOf(host, server.url);
}, 90_000);
afterAll(() => host.close());

/** A clock that a file puts forward or back, for every thread of the process. */
const clock = join(process.env.TMPDIR ?? '/tmp', `rapport-clock-${process.pid}`);
const CLOCK = [
  '--import',
  `data:text/javascript,${encodeURIComponent(
    `import { readFileSync } from 'node:fs'; const now = Date.now; Date.now = () => now() + Number(readFileSync(${JSON.stringify(clock)}, 'utf8'));`,
  )}`,
];
afterAll(() => rmSync(clock, { force: true }));

const file = (name: string) => join(host.folder, name);
const [LOG, VIEWS] = ['logs/contacts.db', 'views/contacts.db'];
type Told = { status: number; body: Record<string, any>; headers: Headers };
/** Where the last thing that was acknowledged stands: what is read has seen it. */
let position: string | undefined;
async function api(path: string, body?: object, headers: Record<string, string> = {}): Promise<Told> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body ? { 'content-type': 'application/json' } : position ? { 'rapport-after': position } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  position = answer.headers.get('rapport-position') ?? position;
  return { status: answer.status, body: (await answer.json()) as Record<string, any>, headers: answer.headers };
}
async function again(): Promise<void> {
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
}
const make = async (name: string): Promise<string> => {
  const { status, body } = await api('/contacts', { name });
  expect(status).toBe(201);
  return body.id as string;
};
const whole = async (exit: number) => expect(await commandLine(host, server.url, 'verify')).toMatchObject({ exit });

it('a clock that jumps back neither unsettles an order nor loses a moment', async () => {
  const id = await make('Clock Before');
  writeFileSync(clock, String(-3_600_000));
  const patched = await fetch(`${server.url}/api/v1/contacts/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Clock Back' }),
  });
  expect(patched.status).toBe(200);
  const later = await make('Clock Later');
  writeFileSync(clock, '0');
  await api(`/contacts/${id}/remove`, {});
  await api(`/contacts/${id}/restore`, {});
  const history = (await api(`/contacts/${id}/history`)).body as unknown as { recordedAt: string; at: string; type: string }[];
  expect(history.map(({ type }) => type.split('.')[2])).toEqual(['restored', 'removed', 'changed', 'created']);
  for (const time of ['recordedAt', 'at'] as const)
    expect(history.map((one) => one[time])).toEqual(
      history
        .map((one) => one[time])
        .sort()
        .reverse(),
    );
  expect((await api(`/contacts/${id}/360?asOf=2099-01-01`)).body.profile).toMatchObject({ name: 'Clock Back' });
  expect((await api(`/contacts/${later}`)).body).toMatchObject({ name: 'Clock Later' });
}, 30_000);

const limited = spawnSync('prlimit', ['--version']).status === 0;
(limited ? it : it.skip)(
  'a disk that is full refuses what it cannot keep, serves what it has, and takes up again when there is room',
  async () => {
    const kept = await make('Disk Kept');
    expect((await api(`/contacts/${kept}`)).status).toBe(200);
    // No file of the process may grow any more: what SQLite is told is what a disk without room tells it.
    const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(server.child.pid), `--fsize=${bytes}:`]);
    limit('1');
    const refused = await api('/contacts', { name: 'Disk Refused' }, { 'idempotency-key': 'full' });
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
      503,
      expect.stringMatching(/^(vault|store)-unavailable$/),
      expect.any(String),
    ]);
    expect((await api(`/contacts/${kept}`)).body).toMatchObject({ name: 'Disk Kept' });
    limit('unlimited');
    const taken = await until(async () => {
      const answer = await api('/contacts', { name: 'Disk Refused' }, { 'idempotency-key': 'full' });
      return answer.status === 201 && answer;
    });
    expect(
      (await api(`/contacts/${taken.body.id}`, undefined, { 'rapport-after': taken.headers.get('rapport-position')! })).body,
    ).toMatchObject({
      name: 'Disk Refused',
    });
    expect((await api('/contacts?search=disk+refused')).body).toHaveLength(1);
  },
  60_000,
);

it('views that another program holds fall behind, say so, and catch up', async () => {
  const intruder = new DatabaseSync(file(VIEWS));
  intruder.exec('BEGIN IMMEDIATE');
  const made = await api('/contacts', { name: 'Lock Waiting' });
  const after = { 'rapport-after': made.headers.get('rapport-position')! };
  const early = await api(`/contacts/${made.body.id}`, undefined, after);
  expect([made.status, early.status, early.body.code]).toEqual([201, 503, 'not-caught-up']);
  intruder.exec('ROLLBACK');
  intruder.close();
  const seen = await until(async () => {
    const answer = await api(`/contacts/${made.body.id}`, undefined, after);
    return answer.status === 200 && answer;
  });
  expect(seen.body).toMatchObject({ name: 'Lock Waiting' });
}, 180_000);

it('a log that another program holds refuses, and takes up again', async () => {
  const intruder = new DatabaseSync(file(LOG));
  intruder.exec('BEGIN IMMEDIATE');
  const refused = await api('/contacts', { name: 'Lock Refused' }, { 'idempotency-key': 'locked' });
  expect([refused.status, refused.body.code]).toEqual([503, 'store-unavailable']);
  expect((await api('/contacts?search=lock')).body).toHaveLength(1);
  intruder.exec('ROLLBACK');
  intruder.close();
  const taken = await until(async () => {
    const answer = await api('/contacts', { name: 'Lock Refused' }, { 'idempotency-key': 'locked' });
    return answer.status === 201 && answer;
  });
  expect(taken.body).toMatchObject({ name: 'Lock Refused' });
}, 180_000);

it('an event that was altered in the file is served to nobody, and found', async () => {
  const [id, other] = [await make('Altered Event'), await make('Another Event')];
  await whole(0);
  await again();
  const log = new DatabaseSync(file(LOG));
  const where = 'WHERE stream = ? AND revision = 1';
  const stream = `contacts.contact/${id}`;
  const { body } = log.prepare(`SELECT body FROM events ${where}`).get(stream) as { body: string };
  expect(body).toContain('"lead"');
  const write = (text: string, into = log) => into.prepare(`UPDATE events SET body = ? ${where}`).run(text, stream);
  write(body.replace('"lead"', '"customer"'));
  log.close();
  server = await host.start({ nodeOptions: CLOCK });
  const history = await api(`/contacts/${id}/history`);
  expect([history.status, history.body.code]).toEqual([503, 'log-damaged']);
  expect((await api(`/contacts/${id}`, { name: 'x' })).status).toBe(404);
  expect((await api(`/contacts/${id}/remove`, {})).body.code).toBe('log-damaged');
  expect((await api(`/contacts/${other}/history`)).status).toBe(200);
  const verdict = await commandLine(host, server.url, 'verify');
  expect(verdict.exit).not.toBe(0);
  expect(verdict.out).toContain(id);
  await again();
  const mended = new DatabaseSync(file(LOG));
  write(body, mended);
  mended.close();
  server = await host.start({ nodeOptions: CLOCK });
  expect((await api(`/contacts/${id}/history`)).status).toBe(200);
  await whole(0);
}, 180_000);

describe('damaged views', () => {
  const damage = (from: number) => {
    const views = new DatabaseSync(file(VIEWS));
    views.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    views.close();
    const handle = openSync(file(VIEWS), 'r+');
    const pages = statSync(file(VIEWS)).size / 4096;
    for (let page = Math.max(1, Math.floor(pages * from)); page < pages; page++)
      writeSync(handle, Buffer.alloc(2048, 0x5a), 0, 2048, page * 4096 + 1024);
    closeSync(handle);
  };
  const all = async () => (await api('/contacts?sort=id&limit=200')).body;

  it('are built anew when the file cannot be used at all', async () => {
    const before = await all();
    await again();
    damage(0);
    server = await host.start({ nodeOptions: CLOCK });
    expect(server.output()).toContain('The views of contacts were damaged; they are built anew from the logs.');
    expect(await all()).toEqual(before);
  }, 180_000);

  it('give nothing false while they are used, and are built anew by the next start', async () => {
    const id = await make('View Damaged');
    const before = await all();
    await again();
    damage(0.4);
    const launched = host.launch({}, CLOCK);
    server = { ...launched, url: server.url, link: '' };
    // Where the damage is met depends on the file: at the start, or by who asks. Nothing that is answered is false.
    const met = await Promise.race([launched.ended, until(async () => launched.output().includes('Ready in'))]);
    if (met === true)
      for (const path of [
        '/contacts?sort=id&limit=200',
        `/contacts/${id}`,
        `/contacts/${id}/360`,
        `/contacts/${id}/history`,
        '/contacts?search=damaged',
      ]) {
        const answer = await api(path).catch(() => undefined);
        if (!answer) break;
        expect([path, [200, 503].includes(answer.status)]).toEqual([path, true]);
        if (answer.status === 200 && path.includes('limit=200')) expect(answer.body).toEqual(before);
      }
    server.child.kill('SIGKILL');
    await server.ended;
    server = await host.start({ nodeOptions: CLOCK });
    expect(await all()).toEqual(before);
    expect((await api(`/contacts/${id}/history`)).status).toBe(200);
  }, 180_000);
});

it.each([
  ['in its middle', 0.5],
  ['in its last page', 1],
])(
  'a log that is damaged %s refuses what it cannot read, and the rest goes on',
  async (_, where) => {
    await again();
    const log = file(LOG);
    const copy = `${log}.copy`;
    execFileSync('cp', [log, copy]);
    const handle = openSync(log, 'r+');
    const pages = Math.floor(statSync(log).size / 4096);
    const page = Math.min(pages - 1, Math.floor(pages * where));
    const was = Buffer.alloc(4096);
    readSync(handle, was, 0, 4096, page * 4096);
    writeSync(handle, Buffer.alloc(3000, 0x5a), 0, 3000, page * 4096 + 500);
    closeSync(handle);
    const verdict = await commandLine(host, server.url, 'verify');
    expect(verdict.exit).not.toBe(0);
    server = await host.start({ nodeOptions: CLOCK });
    const contacts = (await api('/contacts?limit=200')).body as unknown as { id: string }[];
    const answers = await Promise.all(contacts.map(({ id }) => api(`/contacts/${id}/history`)));
    const told = answers.map(({ status, body }) => (status === 200 ? 200 : `${status} ${body.code}`));
    expect([...new Set(told)].filter((one) => one !== 200 && one !== '503 log-damaged' && one !== '503 store-unavailable')).toEqual([]);
    expect((await api('/products')).status).toBe(200);
    await again();
    rmSync(log);
    execFileSync('cp', [copy, log]);
    server = await host.start({ nodeOptions: CLOCK });
    await whole(0);
    await again();
  },
  180_000,
);

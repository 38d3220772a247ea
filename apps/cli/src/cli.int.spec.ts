import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { dataFolder, makeIdentity, type DataFolder } from '#engines/data-folder';
import { sqliteEventStore, type StreamAppend } from '#engines/event-store';
import { hashOf, type JsonObject } from '#model';
import { runCaptured } from './testing/rapport.ts';

const now = Date.parse('2026-03-02T10:00:00Z');
let root: string;
let folder: DataFolder;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rapport-cli-'));
  folder = dataFolder(join(root, 'data'));
  for (const one of folder.folders) mkdirSync(one, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const rapport = (...args: string[]) => runCaptured(args, root, () => now);

const linesOf = (out: string) =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function stored(...events: { type: string; data: JsonObject; recordedAt?: string; schemaVersion?: number }[]) {
  const store = sqliteEventStore({ log: 'sales', file: folder.log('sales') });
  const stream = 'sales.product/p1';
  let previous = '';
  const made = events.map(({ type, data, recordedAt = '2026-03-01T00:00:00.000Z', schemaVersion = 1 }, at) => {
    const event = {
      id: `e${at + 1}`,
      type,
      schemaVersion,
      tenant: 'main',
      stream,
      revision: at + 1,
      recordedAt,
      occurredAt: recordedAt,
      actor: 'system',
      commandId: 'c',
      bodyHash: 'b',
      correlationId: 'k',
      causationId: 'c',
      traceparent: '',
      about: [stream],
      data,
    };
    previous = hashOf(event, previous);
    return { ...event, hash: previous };
  });
  const append: StreamAppend = { tenant: 'main', stream, expected: 0, events: made };
  await store.append([append]);
  await store.close();
}

const removed = { type: 'sales.product.removed', data: {} };
const restored = { type: 'sales.product.restored', data: {}, recordedAt: '2026-03-02T00:00:00.000Z' };

describe('events', () => {
  it('writes a log as JSON lines', async () => {
    await stored(removed, restored);
    const { exit, out } = await rapport('events', '--log', 'sales');
    expect([exit, linesOf(out).map(({ type, revision }) => [type, revision])]).toEqual([
      0,
      [
        ['sales.product.removed', 1],
        ['sales.product.restored', 2],
      ],
    ]);
  });

  it.each([
    ['a type', ['--type', 'sales.product.restored'], ['e2']],
    ['a day', ['--since', '2026-03-02'], ['e2']],
    ['a position', ['--after', '1'], ['e2']],
    ['a stream', ['--stream', 'sales.product/p1', '--limit', '1'], ['e1']],
    ['another tenant', ['--tenant', 'other'], []],
  ])('by %s', async (_, args, ids) => {
    await stored(removed, restored);
    expect(linesOf((await rapport('events', ...args)).out).map(({ id }) => id)).toEqual(ids);
  });

  it('says which logs there are when there is no such log', async () => {
    await stored(removed);
    expect(await rapport('events', '--log', 'sails')).toMatchObject({ exit: 2, notes: expect.stringContaining('There are sales.') });
  });

  it('says how to name the folder when there is none', async () => {
    expect(await rapport('events', '--data', 'nowhere')).toMatchObject({ exit: 1, notes: expect.stringContaining('--data') });
  });
});

describe('verify', () => {
  it('finds a whole log whole', async () => {
    await stored(removed, restored);
    const { exit, out } = await rapport('verify', '--json');
    expect([exit, JSON.parse(out)]).toEqual([0, { whole: true, logs: { sales: 2 }, events: 2, findings: [] }]);
  });

  it('finds an event altered in the file', async () => {
    await stored(removed, restored);
    const bytes = readFileSync(folder.log('sales'));
    const at = bytes.lastIndexOf('"actor":"system"');
    bytes.write('"actor":"nobody"', at);
    writeFileSync(folder.log('sales'), bytes);
    const { exit, out } = await rapport('verify', '--json');
    expect(exit).toBe(5);
    expect(JSON.parse(out)).toMatchObject({
      whole: false,
      findings: expect.arrayContaining([expect.objectContaining({ fault: 'hash', log: 'sales' })]),
    });
  });

  it.each([
    ['a type nobody knows', { type: 'sales.product.sung', data: {} }, 'no event of this version'],
    ['a version from the future', { ...removed, schemaVersion: 9 }, 'has version 9'],
    ['data that is not of its schema', { type: 'sales.product.created', data: { name: 7 } }, 'sales.product.created'],
  ])('finds %s', async (_, event, detail) => {
    await stored(event);
    const { exit, out } = await rapport('verify', '--json');
    expect([exit, JSON.parse(out).findings]).toEqual([
      5,
      [expect.objectContaining({ fault: 'schema', detail: expect.stringContaining(detail) })],
    ]);
  });
});

describe('token', () => {
  it('is the first administrator’s for whoever can read the folder', async () => {
    await makeIdentity(folder.identity, { tenant: 'main', administrator: 'ann' });
    const { exit, out } = await rapport('token');
    expect([exit, decodeJwt(out.trim())]).toMatchObject([0, { sub: 'ann', iss: 'http://127.0.0.1:3000/oidc', exp: now / 1000 + 3600 }]);
  });

  it('needs a first run', async () => {
    expect(await rapport('token')).toMatchObject({ exit: 1, notes: expect.stringContaining('npm start') });
  });
});

describe('with a server', () => {
  let server: Server;
  let asked: { method?: string; url?: string; authorization?: string; body: string }[];
  let answer: (request: IncomingMessage) => [number, unknown];
  beforeEach(async () => {
    asked = [];
    server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
      let body = '';
      for await (const part of request) body += String(part);
      asked.push({ method: request.method, url: request.url, authorization: request.headers.authorization, body });
      const [status, value] = answer(request);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => void server.close(resolve)));
  const there = (...args: string[]) =>
    rapport('--url', `http://127.0.0.1:${(server.address() as AddressInfo).port}`, '--token', 'secret', ...args);

  it('asks every service how its views are, as the one who holds the token', async () => {
    answer = ({ url }) => [
      200,
      url!.includes('/sales/') ? [{ view: 'sales.board', storage: 'sales.board@1', state: 'live', lag: 3, parkedStreams: 0 }] : [],
    ];
    const { exit, out } = await there('projections');
    expect([exit, asked.map(({ url }) => url).sort()[2]]).toEqual([0, '/api/v1/services/sales/projections']);
    expect(asked[0]!.authorization).toBe('Bearer secret');
    expect(out).toContain('sales.board  live        3       0');
  });

  it('rebuilds a view at the service its name says', async () => {
    answer = () => [202, { view: 'sales.board', state: 'rebuilding' }];
    expect(await there('--json', 'projections', 'rebuild', 'sales.board')).toMatchObject({
      exit: 0,
      out: '{"view":"sales.board","state":"rebuilding"}\n',
    });
    expect(asked).toMatchObject([{ method: 'POST', url: '/api/v1/services/sales/projections/sales.board/rebuild' }]);
  });

  it('says how far every log has been published, and ends with findings where one stands still', async () => {
    const published = { generation: 2, position: 40, head: 40, age: 0 };
    answer = ({ url }) => {
      const log = url!.split('/')[4]!;
      return [
        200,
        log === 'sales' ? { ...published, log, head: 45, age: 2_500, refused: 'The topic was truncated.' } : { ...published, log },
      ];
    };
    const { exit, out } = await there('topics');
    expect([exit, asked.map(({ url }) => url)]).toEqual([5, expect.arrayContaining(['/api/v1/services/contacts/topic'])]);
    expect(out).toMatch(/sales +2 +40 +5 +2\.5 s/);
    expect(out).toContain('sales stands still: The topic was truncated.');
  });

  it('has a topic thrown away and published again', async () => {
    answer = () => [202, { log: 'sales', state: 'republishing' }];
    expect(await there('--json', 'topics', 'republish', 'sales')).toMatchObject({
      exit: 0,
      out: '{"log":"sales","state":"republishing"}\n',
    });
    expect(asked).toMatchObject([{ method: 'POST', url: '/api/v1/services/sales/topic/republish' }]);
  });

  it('ends with findings when not everything could be taken back', async () => {
    answer = () => [
      200,
      {
        done: 3,
        conflicts: [{ record: 'sales.product/p1', reason: 'changed-since' }],
        cannot: [{ record: 'sales.product/p2', reason: 'no-way-back' }],
      },
    ];
    const { exit, out } = await there('undo', 'sales', '--correlation', '0198a0aa-0000-7000-8000-000000000000');
    expect([exit, out]).toEqual([
      5,
      'left: sales.product/p1 changed-since\nleft: sales.product/p2 no-way-back\nTook back 3; 2 left as they are.\n',
    ]);
  });

  it('asks again for what takes longer than a proxy waits, under the same key', async () => {
    const keys: unknown[] = [];
    answer = ({ headers }) =>
      keys.push(headers['idempotency-key']) < 3 ? [504, { detail: 'Late.' }] : [200, { done: 3, conflicts: [], cannot: [] }];
    expect(await there('undo', 'sales', '--correlation', '0198a0aa-0000-7000-8000-000000000000')).toMatchObject({ exit: 0 });
    expect(keys).toEqual([expect.any(String), keys[0], keys[0]]);
  });

  it.each([
    [401, 4, 'rapport token'],
    [403, 4, 'only administrators'],
    [409, 1, 'Not now'],
    [503, 3, 'Try again'],
  ])('turns an answer of %i into exit code %i', async (status, exit, text) => {
    answer = () => [status, { detail: 'Not now.', code: 'no', rule: 'only administrators' }];
    expect(await there('projections')).toMatchObject({ exit, notes: expect.stringContaining(text) });
  });
});

it('says so when nothing answers', async () => {
  expect(await rapport('--url', 'http://127.0.0.1:1', '--token', 'x', 'projections')).toMatchObject({
    exit: 3,
    notes: expect.stringContaining('Nothing answers'),
  });
});

it.each([[['sing']], [['events', '--limit', 'many']], [['undo']]])('refuses %j as wrongly called', async (args) => {
  expect((await rapport(...args)).exit).toBe(2);
});

it.each([[['--help']], [['events', '--help']], [['projections', 'skip', '--help']], [['topics', 'republish', '--help']]])(
  'explains itself for %j',
  async (args) => {
    expect(await rapport(...args)).toMatchObject({ exit: 0, out: expect.stringContaining('Usage: rapport') });
  },
);

// node bench/postgres.mjs: the log on PostgreSQL, beside bare `pg` (the same table, the same durability, no checks) and the log on SQLite. `--seconds S` (2) a slice.
// They take turns, three slices each, so that what else the machine does meets all; on shared cores only the ratios say something.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { start } from '../tools/engines/postgres.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '2' } } });
const slice = Number(values.seconds) * 1000;
const built = spawnSync(process.execPath, [here('../tools/build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
if (built.status !== 0) process.exit(1);
const { openPostgresLog, sqliteEventStore } = await import('../dist/libs/engines/event-store/index.js');
const { sampleEvents } = await import('../dist/libs/engines/event-store/samples.js');

const TENANT = '01938f00-0000-7000-8000-000000000000';
const NOTE = 'x'.repeat(450); // a body of some 1,000 bytes
const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
const server = await start({ folder });
const clients = await Promise.all(
  Array.from({ length: 16 }, async () => {
    const client = new pg.Client({ connectionString: server.address });
    await client.connect();
    return client;
  }),
);
const [client] = clients;
await client.query(`CREATE TABLE floor (position bigint NOT NULL, revision int NOT NULL, tenant text COLLATE "C" NOT NULL, stream text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL, body text NOT NULL, PRIMARY KEY (stream, revision, tenant)); CREATE INDEX ON floor (position)`);
const log = await openPostgresLog({ url: server.address, log: 'bench' });
const other = await openPostgresLog({ url: server.address, log: 'bench' });
const embedded = sqliteEventStore({ log: 'bench', file: join(folder, 'bench.db') });

const samples = sampleEvents('bench');
let made = 0;
/** Appends of one event to streams of their own, made before the clock runs. */
const appends = (count) =>
  Array.from({ length: count }, () =>
    samples.next(TENANT, `sales.opportunity/0193a000-0000-7000-8000-${String(++made).padStart(12, '0')}`, 1, NOTE),
  );
const rowOf = ({ stream, events: [event] }) => [made++, event.revision, TENANT, stream, event.type, JSON.stringify(event)];
const one = { name: 'one', text: 'INSERT INTO floor VALUES ($1, $2, $3, $4, $5, $6)' };
const many = {
  name: 'many',
  text: 'INSERT INTO floor SELECT * FROM unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[])',
};

/** Calls per second of `turn`, which does `size` events with what `prepare` made. */
async function rate(size, prepare, turn) {
  let [events, spent] = [0, 0];
  while (spent < slice) {
    const prepared = prepare(size);
    const began = performance.now();
    await turn(prepared);
    spent += performance.now() - began;
    events += size;
  }
  return (events * 1000) / spent;
}

/** `ours` measures a store: that of PostgreSQL, then that of SQLite. */
async function sideBySide(what, ours, floor, stores = [log, embedded]) {
  const sums = { log: 0, bare: 0, embedded: 0 };
  for (let round = 0; round < 3; round++) {
    sums.log += await ours(stores[0]);
    sums.bare += await floor();
    if (stores[1]) sums.embedded += await ours(stores[1]);
  }
  const [measured, bare, sqlite] = Object.values(sums).map((sum) => Math.round(sum / 3));
  rows.push({
    what,
    'events a second': measured,
    'bare pg': bare,
    'to bare pg': (measured / bare).toFixed(2),
    SQLite: sqlite || '',
    'to SQLite': sqlite ? (measured / sqlite).toFixed(2) : '',
  });
}

/** Milliseconds from the answer to each of so many appends to its arrival at a follower elsewhere. */
async function followed(count) {
  const [stop, answered, lags] = [new AbortController(), new Map(), []];
  const level = Promise.withResolvers();
  const following = (async () => {
    for await (const batch of other.subscribe(await log.head(), { signal: stop.signal })) {
      level.resolve();
      for (const { id } of batch.events ?? []) lags.push({ id, at: performance.now() });
      if (lags.length >= count) stop.abort();
    }
  })();
  await level.promise;
  for (const append of appends(count)) {
    await log.append([append]);
    answered.set(append.events[0].id, performance.now());
  }
  await following;
  return lags.map(({ id, at }) => Math.max(0, at - answered.get(id))).sort((a, b) => a - b);
}

const at = (sorted, share) => sorted[Math.floor(sorted.length * share)].toFixed(1);

const rows = [];
try {
  await sideBySide(
    'one append after another',
    (store) => rate(1, appends, ([append]) => store.append([append])),
    () =>
      rate(
        1,
        (size) => appends(size).map(rowOf),
        ([row]) => client.query({ ...one, values: row }),
      ),
  );
  await sideBySide(
    '16 callers at once; bare: 16 connections',
    (store) => rate(16, appends, (batch) => Promise.all(batch.map((append) => store.append([append])))),
    () =>
      rate(
        16,
        (size) => appends(size).map(rowOf),
        (batch) => Promise.all(batch.map((row, i) => clients[i].query({ ...one, values: row }))),
      ),
  );
  const columns = (size) => {
    const batch = appends(size).map(rowOf);
    return batch[0].map((_, column) => batch.map((row) => row[column]));
  };
  for (const size of [16, 512]) {
    await sideBySide(
      `${size} callers at once; bare: one statement of ${size} rows`,
      (store) => rate(size, appends, (batch) => Promise.all(batch.map((append) => store.append([append])))),
      () => rate(size, columns, (batch) => client.query({ ...many, values: batch })),
    );
  }
  await sideBySide(
    '256 callers in each of two processes’ stores; bare: two statements of 256 rows',
    () => rate(512, appends, (batch) => Promise.all(batch.map((append, i) => (i % 2 ? log : other).append([append])))),
    () =>
      rate(
        512,
        () => [columns(256), columns(256)],
        (two) => Promise.all(two.map((batch, i) => clients[i].query({ ...many, values: batch }))),
      ),
    [log],
  );
  const page = 2000;
  await client.query('ANALYZE');
  await sideBySide(
    'catching up: checked, hashes and all; bare: rows as JSON',
    (store) => {
      let after = 0;
      return rate(
        page,
        () => undefined,
        async () => {
          const events = await store.readLog(after, page);
          after = events.length < page ? 0 : events.at(-1).position;
        },
      );
    },
    () => {
      let after = -1;
      return rate(
        page,
        () => undefined,
        async () => {
          const found = await client.query({
            name: 'page',
            text: `SELECT position, body FROM floor WHERE position > $1 ORDER BY position LIMIT ${page}`,
            values: [after],
            rowMode: 'array',
          });
          for (const [, body] of found.rows) JSON.parse(body);
          after = found.rows.length < page ? -1 : found.rows.at(-1)[0];
        },
      );
    },
  );
  console.table(rows);
  const lags = await followed(300);
  console.log(
    `From an append's answer to a follower in another store: p50 ${at(lags, 0.5)} ms, p99 ${at(lags, 0.99)} ms, one append after another.`,
  );
} finally {
  await log.close();
  await embedded.close();
  await other.close();
  await Promise.all(clients.map((each) => each.end()));
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

// The floor for writing, bare SQLite. For the log at its durability (WAL, synchronous=FULL): one row of a typical event's size a transaction, then in groups.
// For views at theirs (synchronous=NORMAL): such rows read back as JSON, each made a document with its key and three indexes, 4,000 a transaction.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const folder = mkdtempSync(join(tmpdir(), 'rapport-floor-'));
const db = new DatabaseSync(join(folder, 'floor.db'));
db.exec(
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, revision INTEGER, body TEXT, UNIQUE (stream, revision))',
);
const insert = db.prepare('INSERT INTO events (stream, revision, body) VALUES (?, ?, ?)');
const body = JSON.stringify(Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`member${at}`, `value ${at}`.padEnd(30)])));
const log = {};
for (const size of [1, 16, 512]) {
  const until = performance.now() + 2000;
  let rows = 0;
  const started = performance.now();
  while (performance.now() < until) {
    db.exec('BEGIN IMMEDIATE');
    for (let index = 0; index < size; index++) insert.run(`s/${size}/${rows++}`, 1, body);
    db.exec('COMMIT');
  }
  log[size] = Math.round((rows * 1000) / (performance.now() - started));
}

const views = new DatabaseSync(join(folder, 'views.db'));
views.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=8000;
  CREATE TABLE docs (row INTEGER PRIMARY KEY, id TEXT UNIQUE, owner TEXT, name TEXT, at TEXT, doc TEXT);
  CREATE INDEX docs_owner ON docs (owner, name, id); CREATE INDEX docs_name ON docs (name, id); CREATE INDEX docs_at ON docs (at, id);`);
const read = db.prepare('SELECT position, body FROM events WHERE position > ? ORDER BY position LIMIT 4000');
const save = views.prepare('INSERT INTO docs (id, owner, name, at, doc) VALUES (?, ?, ?, ?, ?)');
const began = performance.now();
let position = 0;
while (position < 100_000) {
  const rows = read.all(position);
  if (rows.length === 0) break;
  views.exec('BEGIN IMMEDIATE');
  for (const row of rows) {
    const doc = JSON.parse(row.body);
    save.run(`id ${row.position}`, doc.member0, `name ${(row.position * 7919) % 100_003}`, doc.member1, JSON.stringify(doc));
  }
  views.exec('COMMIT');
  position = rows.at(-1).position;
}
const rebuilt = Math.round((position * 1000) / (performance.now() - began));
db.close();
views.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify({ log, views: rebuilt })}\n`);

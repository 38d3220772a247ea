// The floor for writing: bare SQLite at the log's durability (WAL, synchronous=FULL), one row of a typical event's size a transaction, then in groups.
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
const body = 'x'.repeat(900);
const figures = {};
for (const size of [1, 16, 512]) {
  const until = performance.now() + 2000;
  let rows = 0;
  const started = performance.now();
  while (performance.now() < until) {
    db.exec('BEGIN IMMEDIATE');
    for (let index = 0; index < size; index++) insert.run(`s/${size}/${rows++}`, 1, body);
    db.exec('COMMIT');
  }
  figures[size] = Math.round((rows * 1000) / (performance.now() - started));
}
db.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify(figures)}\n`);

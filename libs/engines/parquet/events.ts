import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DuckDBInstance, DuckDBTimestampTZValue, LIST, listValue, VARCHAR, type DuckDBAppender } from '@duckdb/node-api';
import type { StoredEvent } from '#model';

/** A log as Parquet files, one folder per day of recording (UTC): `day=2026-03-02/000000000001-000000000500.parquet`, named by the positions within. */
export interface EventFiles {
  /** The last event that is written; undefined in an empty folder. */
  readonly end: { position: number; hash: string } | undefined;
  /** Takes the next event of the log. A file is written where a day or its room ends: whole under its name, or not at all. */
  add(event: StoredEvent): Promise<void>;
  /** Writes what is left. */
  flush(): Promise<void>;
  close(): void;
}

/** Of one file: readers like some ten thousand rows at once, and memory is bounded. */
const MOST_ROWS = 50_000;
const MOST_BYTES = 32 * 1024 * 1024;

const FILE = /^(\d+)-(\d+)\.parquet$/;
const UNFINISHED = '.unfinished';

/** As in docs/streams.md. `sealed` is the ciphertext of personal parts, by person. */
const COLUMNS = `position BIGINT NOT NULL, id VARCHAR NOT NULL, type VARCHAR NOT NULL, schema_version INTEGER NOT NULL, tenant VARCHAR NOT NULL,
  stream VARCHAR NOT NULL, revision INTEGER NOT NULL, occurred_at TIMESTAMPTZ NOT NULL, recorded_at TIMESTAMPTZ NOT NULL, actor VARCHAR NOT NULL,
  command_id VARCHAR NOT NULL, correlation_id VARCHAR NOT NULL, causation_id VARCHAR NOT NULL, traceparent VARCHAR NOT NULL, about VARCHAR[] NOT NULL,
  data JSON NOT NULL, sealed JSON, body_hash VARCHAR NOT NULL, hash VARCHAR NOT NULL`;

/**
 * Opens a folder to write on where the last run ended. Files cover the log in order and without overlap, so where it ended is what the last name says, and
 * a run that was killed leaves a shorter folder, never a wrong one. Whoever calls keeps a second writer away.
 */
export async function openEventFiles(folder: string): Promise<EventFiles> {
  const written = filesIn(folder);
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '256MB',
    threads: '1', // rows stay in the order of the log
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const db = await instance.connect();
  await db.run(`CREATE TABLE events (${COLUMNS})`);
  const last = written.at(-1);
  let end: EventFiles['end'];
  if (last) {
    const sql = `SELECT hash FROM read_parquet(${quoted(last.path)}) WHERE position = ?`;
    const [row] = (await db.runAndReadAll(sql, [BigInt(last.to)])).getRowObjects();
    end = { position: last.to, hash: String(row?.hash) };
  }
  let appender: DuckDBAppender | undefined;
  let held = { day: '', from: 0, rows: 0, bytes: 0 };

  async function flush(): Promise<void> {
    if (!appender || !end) return;
    appender.closeSync();
    appender = undefined;
    const path = join(folder, `day=${held.day}`, `${place(held.from)}-${place(end.position)}.parquet`);
    mkdirSync(dirname(path), { recursive: true });
    await db.run(`COPY events TO ${quoted(path + UNFINISHED)} (FORMAT parquet, COMPRESSION zstd)`);
    await db.run('DELETE FROM events');
    keep(path + UNFINISHED);
    renameSync(path + UNFINISHED, path);
    keep(dirname(path));
  }

  return {
    get end() {
      return end;
    },
    async add(event) {
      const day = event.recordedAt.slice(0, 10);
      if (day !== held.day || held.rows >= MOST_ROWS || held.bytes >= MOST_BYTES) await flush();
      if (!appender) {
        appender = await db.createAppender('events');
        held = { day, from: event.position, rows: 0, bytes: 0 };
      }
      held.bytes += append(appender, event);
      held.rows++;
      end = { position: event.position, hash: event.hash };
    },
    flush,
    close() {
      db.closeSync();
      instance.closeSync();
    },
  };
}

/** What is there, in the order of positions; what an interrupted run left unfinished is thrown away. */
function filesIn(folder: string): { path: string; to: number }[] {
  if (!existsSync(folder)) return [];
  const days = readdirSync(folder).filter((name) => name.startsWith('day='));
  const files = days.flatMap((day) => readdirSync(join(folder, day)).map((name) => ({ name, path: join(folder, day, name) })));
  for (const { name, path } of files) if (name.endsWith(UNFINISHED)) rmSync(path);
  return files
    .flatMap(({ name, path }) => {
      const match = FILE.exec(name);
      return match ? [{ path, to: Number(match[2]) }] : [];
    })
    .sort((a, b) => a.to - b.to);
}

/** @returns about how many bytes it was */
function append(appender: DuckDBAppender, event: StoredEvent): number {
  const data = JSON.stringify(event.data);
  const sealed = event.sealed && JSON.stringify(event.sealed);
  appender.appendBigInt(BigInt(event.position));
  for (const text of [event.id, event.type]) appender.appendVarchar(text);
  appender.appendInteger(event.schemaVersion);
  for (const text of [event.tenant, event.stream]) appender.appendVarchar(text);
  appender.appendInteger(event.revision);
  for (const at of [event.occurredAt, event.recordedAt]) appender.appendTimestampTZ(new DuckDBTimestampTZValue(microseconds(at)));
  for (const text of [event.actor, event.commandId, event.correlationId, event.causationId, event.traceparent])
    appender.appendVarchar(text);
  appender.appendList(listValue(event.about), LIST(VARCHAR));
  appender.appendVarchar(data);
  if (sealed) appender.appendVarchar(sealed);
  else appender.appendNull();
  for (const text of [event.bodyHash, event.hash]) appender.appendVarchar(text);
  appender.endRow();
  return data.length + (sealed?.length ?? 0) + 500;
}

const microseconds = (at: string) => BigInt(Date.parse(at)) * 1000n;
/** Names sort as positions do. */
const place = (position: number) => String(position).padStart(12, '0');
const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

/** Until a file is on the disk its name must not say that it is there. */
function keep(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { connectTo, migrate, schemaName, type Reach } from '#engines/postgres';
import { encodeAppends } from '../encode.ts';
import { followLog } from '../follow.ts';
import { StoreUnavailable, type EventStore, type StreamAppend } from '../port.ts';
import { unavailable } from './faults.ts';
import { logNews } from './news.ts';
import { postgresReader } from './reader.ts';
import { LOG_MIGRATIONS } from './schema.ts';
import { verifyLog } from './verify.ts';
import { postgresWriter } from './writer.ts';

export type PostgresLogOptions = {
  /** `postgres://user:password@host:port/database?sslmode=verify-full&sslrootcert=…` */
  url: string;
  /** The service whose log this is. */
  log: string;
  /** Where in the database it stands. Default: `rapport_<log>`. */
  schema?: string;
  /** How many connections may read at the same time. Two more write, one listens. Default 4. */
  readers?: number;
  /** How long the server may take for a statement, in milliseconds. Default 10 s. */
  timeout?: number;
  /** How long the answer to an append is asked for again after the connection was lost, in milliseconds. Default 10 s. */
  patience?: number;
  /** How often followers ask without having been notified, in milliseconds. Default 1 s. */
  pollEvery?: number;
};

const WRITERS = 2;
const LONGEST_WAIT = 5_000;
const LONGEST_READ = 60_000;

/** Of a log on a server, what reading it whole needs. */
export type ServerLogReader = Pick<EventStore, 'readLog' | 'readAt' | 'head' | 'verify' | 'close'>;

/**
 * A log in a schema of a PostgreSQL database (14 or newer), of which any number of processes may have a store. Brings the schema up to date first.
 *
 * @throws StoreUnavailable when the server cannot be reached, is too old, or would lose what it acknowledges
 */
export async function openPostgresLog(options: PostgresLogOptions): Promise<EventStore> {
  const { url, log, readers = 4, timeout = 10_000, patience = 10_000, pollEvery = 1_000 } = options;
  const schema = schemaOf(options);
  const reach: Reach = { url, name: `rapport ${log}`, timeout };
  await migratePostgresLog(options);
  const [reading, writing] = [await connectTo(reach, readers), await connectTo(reach, WRITERS)];
  const reader = postgresReader(reading, schema);
  const news = logNews({ reach, connections: writing, channel: schema, head: reader.head, pollEvery });
  const writer = postgresWriter(writing, schema, { patience, onWritten: news.written });
  const closing = new AbortController();

  const store: EventStore = {
    log,
    async append(appends, { lane = 'interactive' } = {}) {
      if (closing.signal.aborted) throw new StoreUnavailable(`the log of ${log} is closed`);
      return writer.append(encodeAppends(namedInText(appends)), lane);
    },
    read: reader.read,
    readMany: reader.readMany,
    readLog: reader.readLog,
    readAt: reader.readAt,
    head: reader.head,
    verify: (onProgress) => verifyLog(reading, schema, onProgress),
    subscribe(after, how) {
      const signal = AbortSignal.any([how.signal, closing.signal]);
      const readLog = patiently(reader.readLog, signal);
      return followLog({ readLog, onAppended: news.onAppended }, after, { signal, batch: how.batch });
    },
    onAppended: news.onAppended,
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      await writer.close();
      await news.close();
      await Promise.all([reading.close(), writing.close()]);
    },
  };
  return store;
}

/**
 * A log for reading only, by whoever is no service: nothing is made or brought up to date.
 *
 * @returns undefined where the database has no such log
 * @throws StoreUnavailable when the server cannot be reached
 */
export async function openPostgresReader(
  options: Pick<PostgresLogOptions, 'url' | 'log' | 'schema'>,
): Promise<ServerLogReader | undefined> {
  const schema = schemaOf(options);
  const connections = await connectTo({ url: options.url, name: `rapport ${options.log} reader`, timeout: LONGEST_READ }, 1);
  const [row] = await connections
    .ask<[boolean]>({ text: `SELECT to_regclass($1) IS NOT NULL`, values: [`${schema}.events`] })
    .catch(async (error: unknown) => {
      await connections.close();
      throw unavailable(error);
    });
  if (!row![0]) {
    await connections.close();
    return undefined;
  }
  const { readLog, readAt, head } = postgresReader(connections, schema);
  return { readLog, readAt, head, verify: (onProgress) => verifyLog(connections, schema, onProgress), close: () => connections.close() };
}

/**
 * Brings the schema of a log up to date, once, whoever else does the same at the moment; what `openPostgresLog` does first.
 *
 * @returns the versions that were applied now
 * @throws StoreUnavailable
 */
export async function migratePostgresLog(options: Pick<PostgresLogOptions, 'url' | 'log' | 'schema'>): Promise<number[]> {
  const reach: Reach = { url: options.url, name: `rapport ${options.log} migration`, timeout: 0 };
  return migrate(reach, schemaOf(options), LOG_MIGRATIONS).catch((error: unknown) => {
    throw unavailable(error);
  });
}

const schemaOf = ({ log, schema }: Pick<PostgresLogOptions, 'log' | 'schema'>) =>
  schemaName(schema ?? `rapport_${log.replaceAll('-', '_')}`);

/** A follower waits for a server that is away; it has nothing else to do. */
function patiently(readLog: EventStore['readLog'], signal: AbortSignal): EventStore['readLog'] {
  return async (...args) => {
    for (let wait = 100; ; wait = Math.min(LONGEST_WAIT, wait * 2)) {
      try {
        return await readLog(...args);
      } catch (error) {
        if (signal.aborted) return [];
        if (!(error instanceof StoreUnavailable)) throw error;
        await sleep(wait, undefined, { signal }).catch(() => undefined);
      }
    }
  };
}

/** PostgreSQL keeps no text with NUL or half a character. Bodies have them escaped; in a name it is the caller's bug, and only this append's. */
function namedInText(appends: StreamAppend[]): StreamAppend[] {
  for (const { tenant, stream, events } of appends) {
    for (const name of [tenant, stream, ...events.map(({ type }) => type)])
      if (name.includes('\0') || !name.isWellFormed()) throw new RangeError(`${JSON.stringify(name)} cannot name anything`);
  }
  return appends;
}

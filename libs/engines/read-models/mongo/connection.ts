import mongoose, { type mongo } from 'mongoose';
import { ModelsUnavailable } from '../port.ts';

/**
 * `url`: a MongoDB connection string, TLS and credentials in it. `database`: one per service. `refreshMs`: how old a process's knowledge of how collections
 * are laid out may be, in milliseconds (5,000); who lays one out anew waits that long for the others. `patienceMs`: how long a call looks for a server
 * before it rejects (5,000).
 */
export type MongoOptions = { url: string; database: string; refreshMs?: number; patienceMs?: number };

/** A connection that comes about with its first use and, where that failed, with the next. */
export type Connection = {
  collection<Doc extends mongo.Document>(name: string): Promise<mongo.Collection<Doc>>;
  drop(name: string): Promise<void>;
  close(): Promise<void>;
};

const ANSWER_WITHIN = 60_000;
const NO_SUCH_COLLECTION = 26;

/**
 * Writes are acknowledged by a majority with their journal, reads see what a majority holds, on the primary: so whoever saved sees it, and nothing
 * that was seen is taken back. Documents go by the driver's own collections: a mongoose schema would only cast what is made here anyway.
 */
export function connect({ url, database, patienceMs = 5_000 }: MongoOptions): Connection {
  let opened: Promise<mongoose.Connection> | undefined;
  let closed = false;

  function open(): Promise<mongoose.Connection> {
    if (closed) throw new ModelsUnavailable('these read models are closed');
    if (!opened) {
      const opening = mongoose
        .createConnection(url, {
          dbName: database,
          writeConcern: { w: 'majority', journal: true },
          readConcern: { level: 'majority' },
          readPreference: 'primary',
          serverSelectionTimeoutMS: patienceMs,
          socketTimeoutMS: ANSWER_WITHIN,
          maxPoolSize: 32,
          autoIndex: false,
          autoCreate: false,
        })
        .asPromise();
      opened = opening;
      opening.catch(() => {
        if (opened === opening) opened = undefined;
      });
    }
    return opened;
  }
  const db = async () => (await open()).getClient().db(database);

  return {
    collection: async <Doc extends mongo.Document>(name: string) => (await db()).collection<Doc>(name),
    async drop(name) {
      try {
        await (await db()).dropCollection(name);
      } catch (error) {
        const { code, message } = error as mongo.MongoServerError;
        // Servers before 7.0 have no such collection to drop, and say so.
        if (code !== NO_SUCH_COLLECTION && !/ns not found/.test(message)) throw error;
      }
    },
    async close() {
      closed = true;
      const connection = await opened?.catch(() => undefined);
      await connection?.close();
    },
  };
}

/** Server codes that mean the engine, not the request: unreachable, stepping down, shutting down, out of time or of disk, a write not acknowledged by enough. */
const AWAY_CODES = new Set([6, 7, 24, 46, 50, 64, 89, 91, 112, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436, 14031]);
const AWAY_NAMES =
  /^(MongoNetwork|MongoServerSelection|MongooseServerSelection|MongoNotConnected|MongoTopologyClosed|MongoPoolClosed|MongoPoolCleared|MongoWaitQueueTimeout|MongoClientClosed|MongoExpiredSession|MongoWriteConcern|MongoOperationTimeout)/;
const AWAY_LABELS = ['RetryableWriteError', 'RetryableError', 'TransientTransactionError', 'SystemOverloadedError'];

/** Runs work on the engine. @throws ModelsUnavailable in place of the driver's own words for an engine that is away */
export async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isAway(error) ? new ModelsUnavailable(`read models: ${(error as Error).message}`, { cause: error }) : error;
  }
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof ModelsUnavailable) return false;
  const { name, code, cause } = error as Error & { code?: unknown };
  if (AWAY_NAMES.test(name)) return true;
  if (error instanceof mongoose.mongo.MongoError) {
    if (typeof code === 'number' && AWAY_CODES.has(code)) return true;
    if (AWAY_LABELS.some((label) => error.hasErrorLabel(label))) return true;
  }
  return cause !== error && isAway(cause);
}

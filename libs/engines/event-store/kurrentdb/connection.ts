import {
  CancelledError,
  DeadlineExceededError,
  KurrentDBClient,
  NotLeaderError,
  TimeoutError,
  UnavailableError,
  UnknownError,
} from '@kurrent/kurrentdb-client';
import { StoreUnavailable } from '../port.ts';

/** The oldest server with appends to several streams at once. */
const OLDEST = [25, 1] as const;

/**
 * A client of the server, or cluster, that a connection string names; TLS and credentials are part of it.
 *
 * @throws StoreUnavailable when it cannot be reached
 * @throws Error when its version is older than 25.1
 */
export async function connect(url: string): Promise<KurrentDBClient> {
  const client = KurrentDBClient.connectionString(url);
  const version = await translated(() => versionOf(client));
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    await client.dispose();
    const found = /^\d/.test(version) ? `KurrentDB ${version}` : 'a server that does not say its version';
    throw new Error(
      `The log needs KurrentDB ${OLDEST.join('.')} or newer, for appends to several streams at once; at the address given is ${found}.`,
    );
  }
  return client;
}

/** The client keeps what it knows of the server to itself, and gives no other way to ask. */
const versionOf = async (client: KurrentDBClient): Promise<string> =>
  (await (client as unknown as { capabilities: Promise<{ serverVersion: string }> }).capabilities).serverVersion;

/** An answer that did not come in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** What an appended batch waits for may never come: the server drops a repeated append whose first is not replicated yet. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswer(`no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

const CODES_AWAY = new Set([1, 4, 13, 14, 15]); // CANCELLED, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS

/** Whether the engine, not the request, is at fault: away, too slow, no leader at present. What was asked of it may have been done nevertheless. */
export function isAway(error: unknown): boolean {
  if (
    error instanceof UnavailableError ||
    error instanceof DeadlineExceededError ||
    error instanceof CancelledError ||
    error instanceof TimeoutError ||
    error instanceof NotLeaderError ||
    error instanceof NoAnswer ||
    error instanceof StoreUnavailable
  )
    return true;
  const { code, message } = error as { code?: unknown; message?: string };
  if (typeof code === 'number' && CODES_AWAY.has(code)) return true;
  return error instanceof UnknownError && /transport|connect|channel|broken pipe|reset/i.test(message ?? '');
}

/** Runs work on the engine. @throws StoreUnavailable in place of the client's own words for an engine that is away */
export async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isAway(error) && !(error instanceof StoreUnavailable) ? unavailable(error) : error;
  }
}

export const unavailable = (error: unknown, how: { inDoubt?: boolean } = {}): StoreUnavailable =>
  new StoreUnavailable(`KurrentDB: ${(error as Error).message || (error as Error).name}`, { cause: error, ...how });

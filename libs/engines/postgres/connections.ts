import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import { endsSession, faultOf, PostgresFault, unreachable } from './faults.ts';

/** One statement. With a name it is parsed once per connection. Arrays travel as made by arrays.ts. */
export type Statement = { name?: string; text: string; values?: unknown[] };
type Row = unknown[];

/** A bounded number of connections to one database. int8 comes as a number. Every method throws PostgresFault. */
export interface Connections {
  /** Sends a statement once. */
  send<T extends Row>(statement: Statement): Promise<T[]>;
  /** Sends a statement that may run more than once, because it changes nothing or the same: it is sent again when the connection was lost. */
  ask<T extends Row>(statement: Statement): Promise<T[]>;
  close(): Promise<void>;
}

export type Reach = {
  /** `postgres://user:password@host:port/database?sslmode=verify-full&sslrootcert=…`; what it leaves out comes from PGHOST and so on. */
  url: string;
  /** As which the server lists its sessions. */
  name: string;
  /** How long the server may take for a statement, in milliseconds; the answer may take a fifth longer. */
  timeout: number;
};

const CONNECT_TIMEOUT = 5_000;
const IDLE_TIMEOUT = 60_000;
const AGAIN_AFTER = [50, 250];
const INT8 = 20;

/** Opens nothing yet: connections are made when they are needed, at most `most`, and all but one closed when idle. */
export async function connectTo(reach: Reach, most: number): Promise<Connections> {
  const { default: pg } = await import('pg'); // a process on embedded engines never loads the driver
  const pool = new pg.Pool({ ...(await settings(reach)), min: 1, max: most, idleTimeoutMillis: IDLE_TIMEOUT });
  pool.on('error', ignoreIdle);
  pool.on('connect', (client) => client.on('error', ignoreIdle));

  async function send<T extends Row>(statement: Statement): Promise<T[]> {
    if (pool.ending) throw new PostgresFault('unreachable', 'the connections to PostgreSQL are closed');
    const client = await pool.connect().catch((error: unknown) => {
      throw unreachable(error);
    });
    let failed: PostgresFault | undefined;
    try {
      const { rows } = await client.query({ ...statement, rowMode: 'array' });
      return rows as T[];
    } catch (error) {
      failed = faultOf(error);
      throw failed;
    } finally {
      client.release(failed !== undefined && endsSession(failed));
    }
  }

  return {
    send,
    async ask(statement) {
      for (const wait of AGAIN_AFTER) {
        try {
          return await send(statement);
        } catch (error) {
          if (pool.ending || !isAway(error)) throw error;
          await sleep(wait);
        }
      }
      return send(statement);
    },
    close: () => pool.end(),
  };
}

export interface Session {
  run<T extends Row>(text: string, values?: unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

/** One connection of its own, for what must stay on one: a migration, a listener. `onEnd` hears when it ends by itself. */
export async function openSession(
  reach: Reach,
  { onEnd, onNotice }: { onEnd?: () => void; onNotice?: (payload: string) => void } = {},
): Promise<Session> {
  const { default: pg } = await import('pg');
  const client = new pg.Client(await settings(reach));
  client.on('error', ignoreIdle);
  if (onNotice) client.on('notification', ({ payload = '' }) => onNotice(payload));
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(error);
  }
  if (onEnd) client.once('end', onEnd);
  return {
    async run<T extends Row>(text: string, values?: unknown[]) {
      try {
        const { rows } = await client.query({ text, values, rowMode: 'array' });
        return rows as T[];
      } catch (error) {
        throw faultOf(error);
      }
    },
    close: () => client.end(),
  };
}

/** Whether trying again may help: nothing answered. */
export const isAway = (error: unknown) => error instanceof PostgresFault && (error.kind === 'lost' || error.kind === 'unreachable');

/** A lost connection also says so as an event. Whoever waits for an answer hears of it, and an idle one is replaced when it is needed. */
const ignoreIdle = () => undefined;

async function settings({ url, name, timeout }: Reach): Promise<ClientConfig> {
  const { default: pg } = await import('pg');
  return {
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    statement_timeout: timeout,
    query_timeout: timeout * 1.2, // a server that does not answer at all: a cut cable, a stopped machine
    idle_in_transaction_session_timeout: timeout,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Snapshots per statement are what the log's order rests on; plans are made for the tenants asked for, so that other partitions stay untouched.
    options: '-c default_transaction_isolation=read\\ committed -c plan_cache_mode=force_custom_plan',
    types: { getTypeParser: (type, format) => (type === INT8 ? Number : pg.types.getTypeParser(type, format as 'text')) },
  };
}

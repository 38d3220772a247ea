import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoredEvent } from '#model';
import { checkedAgainst, checkedStream, decode, missing, START, unreadable, type Link, type Row } from '../chain.ts';
import { DamagedLog, type EventStore } from '../port.ts';
import { reading, unavailable } from './faults.ts';
import { openForReading, type SqliteOptions } from './schema.ts';
import { verifyLog } from './verify.ts';

/** The reading half of a log, by a read-only connection of its own. */
export type LogReader = Pick<EventStore, 'read' | 'readMany' | 'readLog' | 'readAt' | 'head' | 'verify'> & { close(): void };

/** Positions looked through at a time when few of them may match, so that the loop is not held. */
const WINDOW = 10_000;

/**
 * Opens a log file for reading; it sees every commit as soon as it is durable.
 *
 * @throws StoreUnavailable when there is no such file, or it cannot be opened
 */
export function openSqliteReader(file: string, options: SqliteOptions = {}): LogReader {
  const { db, statements } = open(file, options);

  const head = () => reading({}, () => (statements.head.get() as unknown as [number])[0]);

  function read(tenant: string, stream: string, from = 1): StoredEvent[] {
    const place = { tenant, stream, revision: from };
    // The event before the first one asked for carries the hash that one must follow on.
    const rows = reading(place, () => statements.stream.all(tenant, stream, from - 1)) as unknown as Row[];
    return checkedStream(rows, tenant, stream, from);
  }

  const checked = (rows: readonly Row[]) =>
    checkedAgainst(
      rows.map((row) => decode(row)),
      before,
      rows.map(([, body]) => body),
    );

  function before({ tenant, stream, revision, position }: StoredEvent): Link {
    if (!(revision > 1)) return START;
    const row = reading({ tenant, stream, revision, position }, () => statements.one.get(tenant, stream, revision - 1));
    if (!row) throw missing(tenant, stream, revision - 1, { revision, position });
    return decode(row as unknown as Row, { tenant, stream, revision: revision - 1 });
  }

  async function readFiltered(after: number, limit: number, { tenant, types, kinds }: NonNullable<Parameters<EventStore['readLog']>[2]>) {
    const found: StoredEvent[] = [];
    const [whose, which, of] = [tenant ?? null, types ? JSON.stringify(types) : null, kinds ? JSON.stringify(kinds) : null];
    const end = head();
    for (let position = after; position < end && found.length < limit; position += WINDOW) {
      const last = position + WINDOW;
      const rows = reading({ position: position + 1 }, () =>
        statements.window.all(position, last, whose, whose, which, which, of, of, limit - found.length),
      );
      found.push(...checked(rising(rows as unknown as Row[], position)));
      if (last < end) await nextTurn();
    }
    return found;
  }

  return {
    read: async (tenant, stream, from) => read(tenant, stream, from),
    readMany: async (streams) => streams.map(({ tenant, stream, from }) => read(tenant, stream, from)),
    async readLog(after, limit, how = {}) {
      if (how.tenant !== undefined || how.types || how.kinds) return readFiltered(after, limit, how);
      const rows = reading({ position: after + 1 }, () => statements.log.all(after, limit)) as unknown as Row[];
      return checked(rising(rows, after));
    },
    async readAt(positions) {
      const rows = positions.flatMap((position) => {
        const row = reading({ position }, () => statements.at.get(position)) as unknown as Row | undefined;
        // No position is ever left out: what is not found below the end cannot be read.
        if (!row && position >= 1 && position <= head()) throw new DamagedLog(unreadable({ position }, 'the event is not in the file'));
        return row ? [row] : [];
      });
      return checked(rows);
    },
    head: async () => head(),
    verify: (onProgress) => verifyLog(db, onProgress),
    close: () => db.close(),
  };
}

/**
 * A damaged tree may give entries out of their order: whoever went on from the last would go round in circles.
 *
 * @throws DamagedLog
 */
function rising(rows: readonly Row[], after: number): readonly Row[] {
  let last = after;
  for (const [position] of rows) {
    if (position <= last) throw new DamagedLog(unreadable({ position: last + 1 }, `position ${position} stands behind ${last}`));
    last = position;
  }
  return rows;
}

function open(file: string, options: SqliteOptions) {
  try {
    const db = openForReading(file, options);
    return { db, statements: prepare(db) };
  } catch (error) {
    throw unavailable(error);
  }
}

function prepare(db: DatabaseSync) {
  const rows = (sql: string) => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true); // twice as fast as objects
    return statement;
  };
  return {
    stream: rows('SELECT position, body FROM events WHERE tenant = ? AND stream = ? AND revision >= ? ORDER BY revision'),
    one: rows('SELECT position, body FROM events WHERE tenant = ? AND stream = ? AND revision = ?'),
    log: rows('SELECT position, body FROM events WHERE position > ? ORDER BY position LIMIT ?'),
    window: rows(
      `SELECT position, body FROM events WHERE position > ? AND position <= ? AND (? IS NULL OR tenant = ?)
       AND (? IS NULL OR type IN (SELECT value FROM json_each(?)))
       AND (? IS NULL OR substr(stream, 1, instr(stream, '/') - 1) IN (SELECT value FROM json_each(?))) ORDER BY position LIMIT ?`,
    ),
    at: rows('SELECT position, body FROM events WHERE position = ?'),
    head: rows('SELECT coalesce(max(position), 0) FROM events'),
  };
}

import type { StoredEvent } from '#model';
import type { Connections, Statement } from '#engines/postgres';
import { checkedAgainst, checkedStream, decode, missing, START, streamKey, unreadable, type Link, type Place, type Row } from '../chain.ts';
import { DamagedLog, type EventStore } from '../port.ts';
import { unavailable } from './faults.ts';
import { logStatements, type Wanted } from './statements.ts';

/** The reading half of a log. */
export type LogReader = Pick<EventStore, 'read' | 'readMany' | 'readLog' | 'readAt' | 'head'>;

/** Events looked through at a time when few of them may match. */
const WINDOW = 50_000;

/**
 * Reads by statements that name the tenants concerned, so that the server plans and locks their partitions alone.
 * Whoever reads sees a commit as soon as it is durable, and every earlier one with it.
 */
export function postgresReader(connections: Connections, schema: string): LogReader {
  const sql = logStatements(schema);

  async function rowsOf<T extends unknown[]>(place: Place, statement: Statement): Promise<T[]> {
    try {
      return await connections.ask<T>(statement);
    } catch (error) {
      throw unavailable(error, place);
    }
  }

  const head = async () => (await rowsOf<[number]>({}, sql.end()))[0]![0];

  async function readMany(streams: { tenant: string; stream: string; from?: number }[]): Promise<StoredEvent[][]> {
    if (streams.length === 0) return [];
    const [first] = streams;
    const place = streams.length === 1 ? { tenant: first!.tenant, stream: first!.stream, revision: first!.from ?? 1 } : {};
    // The event before the first one asked for carries the hash that one must follow on.
    const wanted = streams.map(({ tenant, stream, from = 1 }) => ({ tenant, stream, revision: from - 1 }));
    const rows = await rowsOf<[n: number, ...Row]>(place, sql.streams(wanted));
    const found: Row[][] = streams.map(() => []);
    for (const [n, position, body] of rows) found[n - 1]!.push([position, body]);
    return streams.map(({ tenant, stream, from = 1 }, i) => checkedStream(found[i]!, tenant, stream, from));
  }

  /** Checks events against those before them, which are fetched where they are not among these. */
  async function checked(rows: Row[]): Promise<StoredEvent[]> {
    const events = rows.map((row) => decode(row));
    const last = new Map<string, number>();
    const wanted: Wanted[] = [];
    for (const event of events) {
      const { tenant, stream, revision } = event;
      const key = streamKey(event);
      if (revision > 1 && last.get(key) !== revision - 1) wanted.push({ tenant, stream, revision: revision - 1 });
      last.set(key, revision);
    }
    const before = new Map<string, Link>();
    const found = wanted.length === 0 ? [] : await rowsOf<[n: number, ...Row]>({}, sql.events(wanted));
    for (const [, ...row] of found) {
      const event = decode(row);
      before.set(`${streamKey(event)}\u0000${event.revision}`, event);
    }
    const link = (event: StoredEvent): Link => {
      if (!(event.revision > 1)) return START;
      const found = before.get(`${streamKey(event)}\u0000${event.revision - 1}`);
      if (!found) throw missing(event.tenant, event.stream, event.revision - 1, event);
      return found;
    };
    return checkedAgainst(
      events,
      link,
      rows.map(([, body]) => body),
    );
  }

  /** The log's end, and the tenants who may have events between two positions. */
  async function outline(after: number, upTo: number): Promise<{ end: number; tenants: string[] }> {
    const [[end, tenants]] = (await rowsOf<[number, string[]]>({ position: after + 1 }, sql.outline(after, upTo))) as [[number, string[]]];
    return { end, tenants };
  }

  async function readAll(after: number, limit: number): Promise<StoredEvent[]> {
    const { end, tenants } = await outline(after, after + limit);
    const last = Math.min(after + limit, end);
    if (last <= after) return [];
    const rows = await rowsOf<Row>({ position: after + 1 }, sql.page(tenants, after, last));
    // No position is ever left out: a follower that was given a gap would never look there again. What stands before the gap is given first.
    const gap = rows.findIndex(([position], i) => position !== after + 1 + i);
    if (gap === 0 || rows.length === 0) throw new DamagedLog(unreadable({ position: after + 1 }, 'the event is not in the log'));
    return checked(gap < 0 ? rows : rows.slice(0, gap));
  }

  async function readFiltered(after: number, limit: number, tenant: string | undefined, types: string[] | undefined) {
    const found: StoredEvent[] = [];
    for (let position = after; found.length < limit;) {
      const { upTo, tenants } = await window(position, tenant, types ? WINDOW : limit);
      if (upTo <= position) break;
      const rows = await rowsOf<Row>({ position: position + 1 }, sql.filtered(tenants, types, position, upTo, limit - found.length));
      found.push(...(await checked(rows)));
      position = upTo;
    }
    return found;
  }

  /** Where a look at so many events after a position ends, of one tenant or of all, and whose they may be. */
  async function window(after: number, tenant: string | undefined, size: number): Promise<{ upTo: number; tenants: string[] }> {
    if (tenant !== undefined) return { upTo: (await rowsOf<[number]>({}, sql.windowOf(tenant, after, size)))[0]![0], tenants: [tenant] };
    const { end, tenants } = await outline(after, after + size);
    return { upTo: Math.min(after + size, end), tenants };
  }

  return {
    read: async (tenant, stream, from) => (await readMany([{ tenant, stream, from }]))[0]!,
    readMany,
    async readLog(after, limit, { tenant, types } = {}) {
      return tenant === undefined && !types ? readAll(after, limit) : readFiltered(after, limit, tenant, types);
    },
    async readAt(positions) {
      const asked = positions.filter((position) => position >= 1);
      if (asked.length === 0) return [];
      const [[end, tenants]] = (await rowsOf<[number, string[]]>({}, sql.outlineAt(asked))) as [[number, string[]]];
      const rows = new Map((await rowsOf<Row>({}, sql.at(tenants, asked))).map((row) => [row[0], row]));
      const lost = asked.find((position) => position <= end && !rows.has(position));
      if (lost !== undefined) throw new DamagedLog(unreadable({ position: lost }, 'the event is not in the log'));
      return checked(asked.flatMap((position) => (rows.has(position) ? [rows.get(position)!] : [])));
    },
    head,
  };
}

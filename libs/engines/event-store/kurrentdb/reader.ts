import {
  BACKWARDS,
  END,
  FORWARDS,
  START as BEGINNING,
  StreamNotFoundError,
  streamNameFilter,
  type AllStreamRecordedEvent,
  type KurrentDBClient,
  type RecordedEvent,
} from '@kurrent/kurrentdb-client';
import type { StoredEvent } from '#model';
import { checkedFrom, faultAfter, missing, START, streamKey, unreadable, type Link } from '../chain.ts';
import { DamagedLog, type EventStore, type LogFinding } from '../port.ts';
import { logJudge } from '../verify.ts';
import { translated } from './connection.ts';
import { placeOf, prefixOf, streamNameOf, tenantPrefix } from './names.ts';

/** The reading half of a log. `readSome`: at most `count` events of a stream from a revision on. `lastPosition`: the end of the log, asked of the server. */
export type Reader = Pick<EventStore, 'read' | 'readMany' | 'readLog' | 'readAt' | 'verify'> & {
  readSome(tenant: string, stream: string, from: number, count: number): Promise<StoredEvent[]>;
  lastPosition(): Promise<number>;
};

/** Requests under way at the same time. */
const AT_ONCE = 32;
const PAGE = 1_000;
/** Ends of streams that are remembered, so that the next event of the log can be checked without reading the one before it. */
const MOST_LINKS = 50_000;

export function openReader(client: KurrentDBClient, log: string): Reader {
  const prefix = prefixOf(log);
  const links = new Map<string, Link>();

  function remember(event: StoredEvent): void {
    const key = streamKey(event);
    links.delete(key);
    links.set(key, { revision: event.revision, hash: event.hash, position: event.position, recordedAt: event.recordedAt });
    if (links.size > MOST_LINKS) links.delete(links.keys().next().value!);
  }

  /** Events of a stream, each checked against the one before it. */
  async function readSome(tenant: string, stream: string, from = 1, count?: number): Promise<StoredEvent[]> {
    // The event before the first one asked for carries the hash that one must follow on.
    const first = Math.max(1, from - 1);
    const most = count === undefined ? undefined : count + from - first;
    const found = await recorded(streamNameOf(prefix, tenant, stream), first, most);
    return checkedFrom(
      found.map((event) => opened(event, prefix)),
      tenant,
      stream,
      from,
    );
  }

  /** What the server holds of a stream from one of our revisions on; nothing where there is no such stream. */
  async function recorded(streamName: string, from: number, most?: number): Promise<RecordedEvent[]> {
    try {
      const found: RecordedEvent[] = [];
      const whence = { direction: FORWARDS, fromRevision: BigInt(from - 1), requiresLeader: true } as const;
      for await (const { event } of client.readStream(streamName, most === undefined ? whence : { ...whence, maxCount: most }))
        if (event) found.push(event as RecordedEvent);
      return found;
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  }

  /** Events of the log after a position, in its order. A server's reads begin with the event at the position. */
  async function recordedAfter(after: number, most: number, whose: string): Promise<AllStreamRecordedEvent[]> {
    const found: AllStreamRecordedEvent[] = [];
    const fromPosition = after === 0 ? BEGINNING : { commit: BigInt(after), prepare: BigInt(after) };
    const filter = streamNameFilter({ prefixes: [whose] });
    for await (const { event } of client.readAll({ direction: FORWARDS, fromPosition, maxCount: most + 1, filter, requiresLeader: true }))
      if (event && positionOf(event) > after) found.push(event);
    return found.slice(0, most);
  }

  /** Events from anywhere in the log, in its order, each against the one before it in its stream: what was altered is given to nobody. */
  async function checked(events: StoredEvent[]): Promise<StoredEvent[]> {
    const ends = new Map<string, Link>();
    const before = new Map<StoredEvent, Link>();
    for (const event of events) {
      const key = streamKey(event);
      const known = event.revision === 1 ? START : (ends.get(key) ?? links.get(key));
      if (known?.revision === event.revision - 1) before.set(event, known);
      ends.set(key, event);
    }
    const unpreceded = events.filter((event) => !before.has(event));
    await inTurns(unpreceded, async (event) => {
      const [found] = await recorded(streamNameOf(prefix, event.tenant, event.stream), event.revision - 1, 1);
      if (!found || Number(found.revision) !== event.revision - 2) throw missing(event.tenant, event.stream, event.revision - 1, event);
      before.set(event, opened(found, prefix));
    });
    for (const event of events) {
      const fault = faultAfter(before.get(event)!, event, event.tenant, event.stream);
      if (fault) throw new DamagedLog(fault);
      remember(event);
    }
    return events;
  }

  const read = (tenant: string, stream: string, from?: number) => translated(() => readSome(tenant, stream, from));
  return {
    read,
    readSome: (tenant, stream, from, count) => translated(() => readSome(tenant, stream, from, count)),
    async readMany(streams) {
      const found = new Map<number, StoredEvent[]>();
      await inTurns([...streams.entries()], async ([at, { tenant, stream, from }]) => void found.set(at, await read(tenant, stream, from)));
      return streams.map((_, at) => found.get(at)!);
    },
    readLog: (after, limit, { tenant, types } = {}) =>
      translated(async () => {
        const whose = tenant === undefined ? prefix : tenantPrefix(prefix, tenant);
        const found: StoredEvent[] = [];
        for (let position = after, size = types ? PAGE : limit; found.length < limit;) {
          const page = await recordedAfter(position, size, whose);
          const wanted = types ? page.filter(({ type }) => types.includes(type)) : page;
          found.push(...wanted.slice(0, limit - found.length).map((event) => opened(event, prefix)));
          if (page.length < size) break;
          position = positionOf(page.at(-1)!);
        }
        return checked(found);
      }),
    readAt: (positions) =>
      translated(async () => {
        const found = new Map<number, StoredEvent>();
        await inTurns([...new Set(positions)], async (position) => {
          const fromPosition = { commit: BigInt(position), prepare: BigInt(position) };
          for await (const { event } of client.readAll({ direction: FORWARDS, fromPosition, maxCount: 1, requiresLeader: true }))
            if (event?.streamId.startsWith(prefix) && positionOf(event) === position) found.set(position, opened(event, prefix));
        });
        await checked([...found.values()].sort((one, other) => one.position - other.position));
        return positions.flatMap((position) => found.get(position) ?? []);
      }),
    lastPosition: () =>
      translated(async () => {
        const how = {
          direction: BACKWARDS,
          fromPosition: END,
          maxCount: 1,
          filter: streamNameFilter({ prefixes: [prefix] }),
          requiresLeader: true,
        } as const;
        for await (const { event } of client.readAll(how)) if (event) return positionOf(event);
        return 0;
      }),
    verify: (onProgress = () => {}) =>
      translated(async () => {
        const findings: LogFinding[] = [];
        const judge = logJudge((finding) => findings.push(finding));
        for (let [position, counted] = [0, 0]; ;) {
          const page = await recordedAfter(position, PAGE, prefix);
          for (const event of page)
            judge({ ...placeOf(prefix, event.streamId), revision: Number(event.revision) + 1, position: positionOf(event) }, bodyOf(event));
          if (page.length > 0) onProgress((counted += page.length));
          if (page.length < PAGE) return findings;
          position = positionOf(page.at(-1)!);
        }
      }),
  };
}

/**
 * An event's place in the log: where its record begins in the server's. KurrentDB writes an append, of however many streams, in one piece and every event
 * of it with a place of its own, so these rise as `$all` does. They are 64 bits wide there; ours hold the first nine petabytes.
 */
export function positionOf({
  streamId,
  revision,
  position,
}: Pick<RecordedEvent, 'streamId' | 'revision'> & { position?: { prepare: bigint } }): number {
  const place = Number(position?.prepare ?? -1n);
  if (!Number.isSafeInteger(place) || place < 0)
    throw new RangeError(`${streamId} revision ${revision}: ${position?.prepare ?? 'no'} position`);
  return place;
}

type Kept = RecordedEvent | AllStreamRecordedEvent;

/** The event as it was appended; a text that says why it cannot be read. */
function bodyOf(event: Kept): StoredEvent | string {
  if (!event.isJson || typeof event.data !== 'object' || event.data === null) return 'the event is not JSON';
  return { ...(event.data as unknown as StoredEvent), position: positionOf(event as AllStreamRecordedEvent) };
}

function opened(event: Kept, prefix: string): StoredEvent {
  const body = bodyOf(event);
  if (typeof body !== 'string') return body;
  throw new DamagedLog(
    unreadable(
      { ...placeOf(prefix, event.streamId), revision: Number(event.revision) + 1, position: positionOf(event as AllStreamRecordedEvent) },
      body,
    ),
  );
}

/** Some at a time. */
async function inTurns<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) await Promise.all(items.slice(from, from + AT_ONCE).map(work));
}

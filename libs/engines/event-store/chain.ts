import { isWhole, type StoredEvent } from '#model';
import { DamagedLog, type LogFinding } from './port.ts';

/** The end of what has been checked of a stream: the next event must follow on it. */
export type Link = Pick<StoredEvent, 'revision' | 'hash' | 'position' | 'recordedAt'>;

/** Before a stream's first event. */
export const START: Link = { revision: 0, hash: '', position: 0, recordedAt: '' };

/** What is wrong with an event as the one after `previous`; undefined when it is right. `body`: its text as the engine gave it, if it keeps text. */
export function faultAfter(previous: Link, event: StoredEvent, tenant: string, stream: string, body?: string): LogFinding | undefined {
  const expected = previous.revision + 1;
  const finding = (fault: LogFinding['fault'], detail: string): LogFinding => ({
    tenant,
    stream,
    revision: expected,
    position: event.position,
    fault,
    detail,
  });
  if (event.tenant !== tenant || event.stream !== stream) return finding('hash', `holds an event of another stream`);
  if (event.revision > expected) return finding('gap', `revision ${expected} is missing, ${event.revision} follows`);
  if (event.revision < expected) return finding('order', `revision ${event.revision} stands where ${expected} belongs`);
  if (event.position <= previous.position) return finding('order', `position ${event.position} follows ${previous.position}`);
  if (!isWhole(event, previous.hash, body)) return finding('hash', 'the event is not the one whose hash it carries');
  return undefined;
}

/** An event as an engine keeps it. */
export type Row = [position: number, body: string];

/** Where a row was looked for, as far as it is known. */
export type Place = Partial<Pick<LogFinding, 'tenant' | 'stream' | 'revision' | 'position'>>;

export const unreadable = (place: Place, detail: string): LogFinding => ({
  tenant: '',
  stream: '',
  revision: 0,
  position: 0,
  ...place,
  fault: 'unreadable',
  detail,
});

/** @throws DamagedLog */
export function decode([position, body]: Row, place: Place = {}): StoredEvent {
  try {
    const event = JSON.parse(body) as StoredEvent;
    event.position = position;
    return event;
  } catch {
    throw new DamagedLog(unreadable({ ...place, position }, 'the event is not JSON'));
  }
}

/**
 * The events of one stream from a revision on.
 *
 * @param rows in revision order, and before them the row of the revision before `from`: it carries the hash that the first must follow on
 * @throws DamagedLog
 */
export function checkedStream(rows: readonly Row[], tenant: string, stream: string, from: number): StoredEvent[] {
  const events = rows.map((row) => decode(row, { tenant, stream, revision: from }));
  return checkedFrom(
    events,
    tenant,
    stream,
    from,
    rows.map(([, body]) => body),
  );
}

/** As `checkedStream`, of events that have been decoded. `bodies`: as they were kept, where they were kept as text. */
export function checkedFrom(events: StoredEvent[], tenant: string, stream: string, from: number, bodies: string[] = []): StoredEvent[] {
  const before = from > 1 ? (bodies.shift(), events.shift()) : undefined;
  if (before && before.revision !== from - 1) throw missing(tenant, stream, from - 1, before);
  let previous: Link = before ?? START;
  for (const [at, event] of events.entries()) {
    const fault = faultAfter(previous, event, tenant, stream, bodies[at]);
    if (fault) throw new DamagedLog(fault);
    previous = event;
  }
  return events;
}

/**
 * Checks events from anywhere in the log, in position order, each against the one before it in its stream: what was altered is given to nobody.
 *
 * @param before gives the event before one that is not preceded here
 * @param bodies of the events, where they were kept as text
 * @throws DamagedLog
 */
export function checkedAgainst(events: StoredEvent[], before: (event: StoredEvent) => Link, bodies: readonly string[] = []): StoredEvent[] {
  const links = new Map<string, Link>();
  for (const [at, event] of events.entries()) {
    const { tenant, stream, revision } = event;
    const key = streamKey(event);
    const known = links.get(key);
    const fault = faultAfter(known?.revision === revision - 1 ? known : before(event), event, tenant, stream, bodies[at]);
    if (fault) throw new DamagedLog(fault);
    links.set(key, event);
  }
  return events;
}

export const streamKey = ({ tenant, stream }: { tenant: string; stream: string }) => `${tenant}\u0000${stream}`;

export function missing(tenant: string, stream: string, revision: number, found: Pick<StoredEvent, 'revision' | 'position'>) {
  const detail = `revision ${revision} is missing, ${found.revision} follows`;
  return new DamagedLog({ tenant, stream, revision, position: found.position, fault: 'gap', detail });
}

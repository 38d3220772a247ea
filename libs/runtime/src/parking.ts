import type { ReadModels, Write } from '#engines/read-models';
import { Answer, Count, Flag, Id, Text, type Static, type StoredEvent } from '#model';
import { HOUSE, PARKED, SKIPPED } from './storage.ts';

const MOST_STREAMS = 100;

type Named = { name: string };

/** What an operator sees of a parked event: never its data. */
export const ParkedEvent = Answer('ParkedEvent', {
  view: Text,
  tenant: Id,
  stream: Text,
  revision: Count,
  eventId: Id,
  type: Text,
  reason: Text,
  first: Flag,
});
export type ParkedEvent = Static<typeof ParkedEvent>;

/** Something on the bus that is no event of ours. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  constructor({ data }: StoredEvent) {
    super(`cannot be read: ${String(data.reason)}`);
  }
}

/** A projection that parked too many streams: something is wrong with it, not with the events. */
export class ProjectionHalted extends Error {
  override readonly name = 'ProjectionHalted';
}

/**
 * An event that cannot be folded is put aside together with all later ones of its stream, whole and in order, so that the other streams go
 * on. Retry applies them in order; a skip is remembered by the event's id and holds in rebuilds.
 */
export class Parking {
  private held = new Map<string, number>();
  private opening = this.held;
  private scanned: Promise<void> = Promise.resolve();
  anySkipped = false;

  constructor(
    private readonly models: ReadModels,
    private readonly alert: (message: string, about: { view: string }) => void = () => {},
  ) {}

  /** Learns what is parked, also by others; what this process parks meanwhile is not forgotten. */
  open(): Promise<void> {
    this.scanned = this.scanned.catch(() => undefined).then(() => this.scan());
    return this.scanned;
  }

  private async scan(): Promise<void> {
    const found = (this.opening = new Map<string, number>());
    let after: { tenant: string; id: string } | undefined;
    for (;;) {
      const page = await this.models.scan(PARKED, { limit: 1000, after });
      for (const { doc } of page) add(found, heldKey(doc.view as string, doc.tenant as string, doc.stream as string));
      if (page.length < 1000) break;
      after = page.at(-1)!;
    }
    this.held = found;
    this.anySkipped = (await this.models.scan(SKIPPED, { tenant: HOUSE, limit: 1 })).length > 0;
  }

  holds(view: Named, tenant: string, stream: string): boolean {
    return this.held.size > 0 && this.held.has(heldKey(view.name, tenant, stream));
  }

  /** Per view, how many streams wait. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const key of this.held.keys()) {
      const view = key.split('\u0000')[0]!;
      counts[view] = (counts[view] ?? 0) + 1;
    }
    return counts;
  }

  async park(view: Named, events: { stored: StoredEvent }[], error: unknown): Promise<void> {
    if (events.length === 0) return;
    await this.keep(view, events, error);
    if ((this.counts()[view.name] ?? 0) > MOST_STREAMS)
      throw new ProjectionHalted(`${view.name} parked more than ${MOST_STREAMS} streams and stands still`);
  }

  /** Puts aside, for people to look at, without an end to how much. */
  async keep(view: Named, events: { stored: StoredEvent }[], error: unknown): Promise<void> {
    const lost = await this.models.save(
      events.map(({ stored }, index) => ({
        collection: PARKED,
        tenant: HOUSE,
        id: parkedId(view.name, stored),
        expected: 0,
        revision: stored.revision,
        doc: {
          view: view.name,
          tenant: stored.tenant,
          stream: stored.stream,
          revision: stored.revision,
          reason: index === 0 && error !== undefined ? reasonOf(error) : 'waits for an earlier one',
          event: stored,
        },
      })),
    );
    this.hold(view.name, events[0]!.stored.tenant, events[0]!.stored.stream);
    const first = lost.find(({ id }) => error !== undefined && id === parkedId(view.name, events[0]!.stored));
    if (first) await this.renew(first);
    if (error !== undefined) this.alert('an event cannot be applied and is parked', { view: view.name });
  }

  async list(view?: string, limit = 100): Promise<ParkedEvent[]> {
    const page = await this.models.query({
      collection: PARKED,
      tenant: HOUSE,
      where: view ? { field: 'view', op: 'eq', value: view } : undefined,
      sort: [{ field: 'view' }, { field: 'stream' }, { field: 'revision' }],
      limit,
    });
    return page.items.map(({ doc }) => {
      const event = doc.event as StoredEvent;
      return {
        view: doc.view as string,
        tenant: event.tenant,
        stream: event.stream,
        revision: event.revision,
        eventId: event.id,
        type: event.type,
        reason: doc.reason as string,
        first: doc.reason !== 'waits for an earlier one',
      };
    });
  }

  /** A stream's parked events, in order. They stay until `release`. */
  async take(view: string, tenant: string, stream: string): Promise<StoredEvent[]> {
    return (await this.rows(view, tenant, stream)).map(({ doc }) => doc.event as StoredEvent);
  }

  /** Holds a stream no more, so that what is parked of it can be tried again. */
  free(view: string, tenant: string, stream: string): void {
    this.held.delete(heldKey(view, tenant, stream));
  }

  /** Forgets parked events that have been applied, or need not be. */
  async release(view: string, tenant: string, stream: string, done: (event: StoredEvent) => boolean): Promise<void> {
    const rows = await this.rows(view, tenant, stream);
    await this.models.save(
      rows
        .filter(({ doc }) => done(doc.event as StoredEvent))
        .map((row) => ({ collection: PARKED, tenant: row.tenant, id: row.id, expected: row.version, revision: 0, doc: null })),
    );
  }

  async skip(view: string, eventId: string, by: string, at: string): Promise<void> {
    await this.models.save([{ collection: SKIPPED, tenant: HOUSE, id: `${view}/${eventId}`, expected: 0, revision: 0, doc: { by, at } }]);
    this.anySkipped = true;
  }

  /** What was parked before fails for another reason, or no longer waits for an earlier one. */
  private async renew({ collection, tenant, id, doc }: Write): Promise<void> {
    const [row] = await this.models.load(collection, [{ tenant, id }]);
    if (row) await this.models.save([{ collection, tenant, id, expected: row.version, revision: row.revision, doc }]);
  }

  private async rows(view: string, tenant: string, stream: string) {
    const page = await this.models.query({
      collection: PARKED,
      tenant: HOUSE,
      where: {
        and: [
          { field: 'view', op: 'eq', value: view },
          { field: 'stream', op: 'eq', value: stream },
        ],
      },
      sort: [{ field: 'revision' }],
      limit: 1000,
    });
    return page.items.filter(({ doc }) => doc.tenant === tenant);
  }

  private hold(view: string, tenant: string, stream: string): void {
    for (const held of new Set([this.held, this.opening])) add(held, heldKey(view, tenant, stream));
  }
}

const add = (held: Map<string, number>, key: string) => held.set(key, (held.get(key) ?? 0) + 1);
const heldKey = (view: string, tenant: string, stream: string) => `${view}\u0000${tenant}\u0000${stream}`;
// What cannot be read has no revision; it is named by where it stands.
const parkedId = (view: string, { tenant, stream, revision, id }: StoredEvent) =>
  `${view}|${tenant}|${stream}#${String(revision).padStart(10, '0')}${revision === 0 ? `|${id}` : ''}`;

function reasonOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  return error instanceof Error ? `${error.name} in the fold` : 'the fold failed';
}

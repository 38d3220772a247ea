import type { ReadModels } from '#engines/read-models';
import { Answer, Count, Flag, Id, Text, type Projection, type Static, type StoredEvent } from '#model';
import { HOUSE, PARKED, SKIPPED } from './storage.ts';

const MOST_STREAMS = 100;

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

/** A projection that parked too many streams: something is wrong with it, not with the events. */
export class ProjectionHalted extends Error {
  override readonly name = 'ProjectionHalted';
}

/**
 * An event that cannot be folded is put aside together with all later ones of its stream, whole and in order, so that the other streams go
 * on. Retry applies them in order; a skip is remembered by the event's id and holds in rebuilds.
 */
export class Parking {
  private readonly held = new Map<string, number>();
  anySkipped = false;

  constructor(
    private readonly models: ReadModels,
    private readonly alert: (message: string, about: { view: string }) => void = () => {},
  ) {}

  async open(): Promise<void> {
    this.held.clear();
    let after: { tenant: string; id: string } | undefined;
    for (;;) {
      const page = await this.models.scan(PARKED, { limit: 1000, after });
      for (const { doc } of page) this.hold(doc.view as string, doc.tenant as string, doc.stream as string);
      if (page.length < 1000) break;
      after = page.at(-1)!;
    }
    this.anySkipped = (await this.models.scan(SKIPPED, { tenant: HOUSE, limit: 1 })).length > 0;
  }

  holds(view: Projection, tenant: string, stream: string): boolean {
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

  async park(view: Projection, events: { stored: StoredEvent; error?: unknown }[], error: unknown): Promise<void> {
    if (events.length === 0) return;
    await this.models.save(
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
    if (error !== undefined) this.alert('an event cannot be applied and is parked', { view: view.name });
    if ((this.counts()[view.name] ?? 0) > MOST_STREAMS)
      throw new ProjectionHalted(`${view.name} parked more than ${MOST_STREAMS} streams and stands still`);
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

  /** Takes a stream's parked events out, in order, for another try. */
  async take(view: string, tenant: string, stream: string): Promise<StoredEvent[]> {
    const rows = (await this.rows(view, tenant, stream)).map((row) => ({ row, event: row.doc.event as unknown as StoredEvent }));
    return rows.map(({ event }) => event);
  }

  async release(view: string, tenant: string, stream: string): Promise<void> {
    const rows = await this.rows(view, tenant, stream);
    await this.models.save(
      rows.map((row) => ({ collection: PARKED, tenant: row.tenant, id: row.id, expected: row.version, revision: 0, doc: null })),
    );
    this.held.delete(heldKey(view, tenant, stream));
  }

  async skip(view: string, eventId: string, by: string, at: string): Promise<void> {
    await this.models.save([{ collection: SKIPPED, tenant: HOUSE, id: `${view}/${eventId}`, expected: 0, revision: 0, doc: { by, at } }]);
    this.anySkipped = true;
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
    const key = heldKey(view, tenant, stream);
    this.held.set(key, (this.held.get(key) ?? 0) + 1);
  }
}

const heldKey = (view: string, tenant: string, stream: string) => `${view}\u0000${tenant}\u0000${stream}`;
const parkedId = (view: string, event: StoredEvent) =>
  `${view}|${event.tenant}|${event.stream}#${String(event.revision).padStart(10, '0')}`;
const reasonOf = (error: unknown) => (error instanceof Error ? `${error.name} in the fold` : 'the fold failed');

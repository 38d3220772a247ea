import type { Where } from '#engines/read-models';
import { eventType, type JsonObject, type Recorded, type StoredEvent } from '#model';
import { context } from './context.ts';
import type { Engines } from './engines.ts';
import type { Freshness } from './freshness.ts';
import { eventName, type Entry } from './journal-index.ts';
import { notFound, Problem } from './problem.ts';
import { FOREIGN, JOURNAL } from './storage.ts';
import type { Views } from './views.ts';

/** An event as a person may be shown it: opened under today's keys; `data` is absent where the caller may not read its record. */
export type HistoryItem = {
  id: string;
  type: string;
  record: string;
  revision: number;
  at: string;
  recordedAt: string;
  actor: string;
  correlation: string;
  causation: string;
  data: JsonObject;
  erased?: true;
};
export type HistoryPage = { items: HistoryItem[]; next?: string };
export type HistoryRequest = { limit?: number; cursor?: string; types?: string[]; actor?: string; from?: string; to?: string };

/** The journal is an index over the logs; what it refers to is read from there. Record history, field history, timeline, audit and undo are questions to it. */
export class Journal {
  constructor(
    private readonly engines: Engines,
    private readonly views: Views,
    private readonly freshness: Freshness,
    private readonly hiddenTypes: ReadonlySet<string> = new Set(),
  ) {}

  /** What happened in a record's own stream, newest first. @throws Problem 404 when there is none, or the caller may not read it */
  async history(kind: string, id: string, request: HistoryRequest = {}): Promise<HistoryPage> {
    if (!(await this.views.mayRead(`${kind}/${id}`))) throw notFound();
    const page = await this.timeline([`${kind}/${id}`], request, true);
    const narrowed = request.cursor ?? request.types ?? request.actor ?? request.from ?? request.to;
    if (page.items.length === 0 && !narrowed) throw notFound();
    return page;
  }

  /** Everything that touched any of these records, newest first; what the caller may not read today is left out. */
  async timeline(records: string[], request: HistoryRequest = {}, ownOnly = false): Promise<HistoryPage> {
    await this.freshness.wait();
    const limit = request.limit ?? 50;
    const and: Where[] = [
      records.length === 1 ? { field: 'record', op: 'eq', value: records[0]! } : { field: 'record', op: 'in', value: records },
    ];
    if (request.to) and.push({ field: 'order', op: 'lte', value: `${request.to}~` });
    if (request.from) and.push({ field: 'order', op: 'gte', value: request.from });
    const items: HistoryItem[] = [];
    const seen = new Set<string>();
    let after = request.cursor;
    let rounds = 0;
    do {
      const page = await this.engines.models.query({
        collection: JOURNAL,
        tenant: context().tenant,
        where: { and },
        sort: [{ field: 'order', desc: true }],
        limit: Math.min(1000, limit * 2),
        after,
      });
      const entries = page.items.map(({ doc }) => doc as unknown as Entry);
      const wanted = entries.filter(
        (entry) =>
          (!ownOnly || entry.own) &&
          (!request.types || request.types.includes(entry.type)) &&
          (!request.actor || entry.actor === request.actor),
      );
      for (const item of await this.open(wanted))
        if (!seen.has(item.id)) {
          seen.add(item.id);
          items.push(item);
        }
      after = page.next;
    } while (after && items.length < limit && ++rounds < 20);
    return { items, next: after };
  }

  /** Every event of a correlation in this service, or everything that touched a record, oldest first: entries only. */
  async entries(by: { correlation: string } | { record: string }, limit = 10_000): Promise<Entry[]> {
    await this.freshness.wait();
    const [field, value] = 'record' in by ? ['record', by.record] : ['own', by.correlation];
    const found: Entry[] = [];
    let after: string | undefined;
    do {
      const page = await this.engines.models.query({
        collection: JOURNAL,
        tenant: context().tenant,
        where: { field, op: 'eq', value },
        sort: [{ field: 'order' }],
        limit: 1000,
        after,
      });
      found.push(...page.items.map(({ doc }) => doc as unknown as Entry));
      after = page.next;
    } while (after && found.length < limit);
    return found;
  }

  /** The raw feed of this service's log, sealed, in position order: for whoever holds `events.read`, tenant-wide. Internal events are not in it, nor fields the caller must not see. */
  async feed(request: {
    after: number;
    limit: number;
    types?: string[];
    touches?: string;
    actor?: string;
    correlation?: string;
  }): Promise<{ events: StoredEvent[]; last: number; head: number }> {
    const { permissions, tenant } = context();
    const reach = permissions.may('events.read', this.engines.log.log);
    if (!reach?.all)
      throw new Problem(403, 'forbidden', 'You may not read the raw event feed.', {
        rule: permissions.why('events.read', this.engines.log.log),
      });
    const events: StoredEvent[] = [];
    let last = request.after;
    const head = await this.engines.log.head();
    for (let round = 0; round < 50 && events.length < request.limit && last < head; round++) {
      const page = await this.engines.log.readLog(last, 1000, { tenant, types: request.types });
      if (page.length === 0) {
        last = head;
        break;
      }
      for (const event of page) {
        last = event.position;
        if (
          this.hiddenTypes.has(event.type) ||
          (request.touches && !event.about.includes(request.touches)) ||
          (request.actor && event.actor !== request.actor) ||
          (request.correlation && event.correlationId !== request.correlation)
        )
          continue;
        const hidden = permissions.hidden(kindOfStream(event.stream));
        events.push(hidden.length === 0 ? event : { ...event, data: without(event.data, hidden) as JsonObject });
        if (events.length === request.limit) break;
      }
    }
    return { events, last, head };
  }

  /** The events entries refer to, opened, as the caller may see them: an entry of a record the caller may not read is left out. */
  async open(entries: Entry[]): Promise<HistoryItem[]> {
    const readable = new Map<string, boolean>();
    const kept: Entry[] = [];
    for (const entry of entries) {
      if (this.hiddenTypes.has(entry.type)) continue;
      let may = readable.get(entry.stream);
      if (may === undefined) readable.set(entry.stream, (may = await this.views.mayRead(entry.stream)));
      if (may) kept.push(entry);
    }
    const stored = await this.fetch(kept);
    const { tenant, permissions } = context();
    const recorded = await this.engines.sealer.unseal(tenant, stored);
    return stored.map((event, index) => itemOf(event, recorded[index]!, permissions.hidden(kindOfStream(event.stream))));
  }

  private async fetch(entries: Entry[]): Promise<StoredEvent[]> {
    const own = entries.filter((entry) => entry.log === this.engines.log.log);
    const foreign = entries.filter((entry) => entry.log !== this.engines.log.log);
    const { tenant } = context();
    const [mine, kept] = await Promise.all([
      own.length > 0 ? this.engines.log.readAt(own.map((entry) => entry.position)) : [],
      foreign.length > 0
        ? this.engines.models.load(
            FOREIGN,
            foreign.map((entry) => ({ tenant, id: eventName(entry) })),
          )
        : [],
    ]);
    const found = new Map<string, StoredEvent>();
    for (const event of mine) found.set(eventName(event), event);
    for (const row of kept) if (row) found.set(row.id, row.doc as unknown as StoredEvent);
    return entries.flatMap((entry) => found.get(eventName(entry)) ?? []).filter((event) => event.tenant === tenant);
  }
}

function itemOf(event: StoredEvent, recorded: Recorded, hidden: readonly string[]): HistoryItem {
  const data = (recorded.data ?? {}) as JsonObject;
  return {
    id: event.id,
    type: event.type,
    record: event.stream,
    revision: event.revision,
    at: event.occurredAt,
    recordedAt: event.recordedAt,
    actor: event.actor,
    correlation: event.correlationId,
    causation: event.causationId,
    data: hidden.length === 0 ? data : (without(data, hidden) as JsonObject),
    ...(recorded.erased ? { erased: true as const } : {}),
  };
}

/** Data without what the caller must not see, however deep it stands. */
function without(value: unknown, hidden: readonly string[]): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one) => without(one, hidden));
  return Object.fromEntries(Object.entries(value).flatMap(([name, one]) => (hidden.includes(name) ? [] : [[name, without(one, hidden)]])));
}

const kindOfStream = (stream: string) => stream.slice(0, stream.indexOf('/'));

/** Types that never leave the service, by their definitions. */
export const isInternalType = (type: string): boolean => eventType(type)?.internal ?? false;

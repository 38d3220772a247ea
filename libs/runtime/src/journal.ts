import type { Where } from '#engines/read-models';
import {
  Answer,
  Anything,
  Bag,
  Count,
  Flag,
  Id,
  Instant,
  Optional,
  Text,
  type JsonObject,
  type Recorded,
  type Static,
  type StoredEvent,
} from '#model';
import { context } from './context.ts';
import type { Engines } from './engines.ts';
import type { Freshness } from './freshness.ts';
import { eventName, type Entry } from './journal-index.ts';
import { invalid, notFound, Problem } from './problem.ts';
import { everything, FOREIGN, JOURNAL } from './storage.ts';
import type { Views } from './views.ts';

/** An event as a person may be shown it: opened under today's keys; `data` is absent where the caller may not read its record. */
export const HistoryItem = Answer('HistoryItem', {
  id: Id,
  type: Text,
  record: Text,
  revision: Count,
  at: Instant,
  recordedAt: Instant,
  actor: Text,
  correlation: Id,
  causation: Id,
  data: Bag(Anything),
  erased: Optional(Flag),
});
export type HistoryItem = Static<typeof HistoryItem>;
/** What happened when, without what it was. */
export const Outline = Answer('OutlineEntry', { type: Text, record: Text, revision: Count, at: Instant, actor: Text });
export type Outline = Static<typeof Outline>;
export type HistoryPage = { items: HistoryItem[]; next?: string };
export type HistoryRequest = { limit?: number; cursor?: string; types?: string[]; actor?: string; from?: string; to?: string };

const MOST_ROUNDS = 20;
const MOST_ENTRIES = 5_000_000;
const WINDOW = 1_000;

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
  timeline(records: string[], request: HistoryRequest = {}, ownOnly = false): Promise<HistoryPage> {
    const touching: Where =
      records.length === 1 ? { field: 'record', op: 'eq', value: records[0]! } : { field: 'record', op: 'in', value: records };
    // Thousands of other records may name this one: its own entries are asked for by themselves, not looked for among theirs.
    const own: Where = { field: 'own', op: 'ne', value: null };
    return this.indexed(ownOnly ? { and: [touching, own] } : touching, request, ownOnly);
  }

  /**
   * The audit trail of this service's log, newest first: all of it, or what somebody did, or what belongs to a correlation. What the caller may not
   * read today is left out.
   */
  audit({ correlation, actor, ...request }: HistoryRequest & { correlation?: string } = {}): Promise<HistoryPage> {
    if (correlation) return this.indexed({ field: 'own', op: 'eq', value: correlation }, { ...request, actor }, true);
    return this.backwards({ ...request, actor });
  }

  /** When what happened around these records, newest first, without what it was: for drawing a life. Holds what the caller may read today. */
  async outline(records: string[], limit: number): Promise<{ entries: Outline[]; more: boolean }> {
    await this.freshness.wait();
    const entries: Outline[] = [];
    const [seen, readable] = [new Set<string>(), new Map<string, boolean>()];
    let after: string | undefined;
    do {
      const page = await this.page({ field: 'record', op: 'in', value: records }, 1000, after);
      for (const entry of page.entries) {
        const { type, stream, revision, order, actor } = entry;
        const known = seen.has(eventName(entry)) || this.hiddenTypes.has(type);
        if (entries.length === limit || known || !(await this.mayRead(stream, readable))) continue;
        seen.add(eventName(entry));
        entries.push({ type, record: stream, revision, at: order.slice(0, order.indexOf('|')).toUpperCase(), actor });
      }
      after = page.next;
    } while (after && entries.length < limit);
    return { entries, more: after !== undefined };
  }

  private async indexed(where: Where, request: HistoryRequest, ownOnly: boolean): Promise<HistoryPage> {
    await this.freshness.wait();
    const limit = request.limit ?? 50;
    const and: Where[] = [where];
    if (request.to) and.push({ field: 'order', op: 'lte', value: `${request.to}~` });
    if (request.from) and.push({ field: 'order', op: 'gte', value: request.from });
    const items: HistoryItem[] = [];
    const seen = new Set<string>();
    let after = request.cursor;
    let rounds = 0;
    do {
      const page = await this.page({ and }, limit - items.length, after);
      const wanted = page.entries.filter(
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
    } while (after && items.length < limit && ++rounds < MOST_ROUNDS);
    return { items, next: after };
  }

  private async page(where: Where, limit: number, after: string | undefined): Promise<{ entries: Entry[]; next?: string }> {
    const { items, next } = await this.engines.models.query({
      collection: JOURNAL,
      tenant: context().tenant,
      where,
      sort: [{ field: 'order', desc: true }],
      limit: Math.min(1000, limit),
      after,
    });
    return { entries: items.map(({ doc }) => doc as unknown as Entry), next };
  }

  /** The log itself from its end; the cursor is a position. */
  private async backwards({ limit = 50, cursor, types, actor, from, to }: HistoryRequest): Promise<HistoryPage> {
    const { tenant } = context();
    const kept: StoredEvent[] = [];
    const readable = new Map<string, boolean>();
    let top = cursor === undefined ? await this.engines.log.head() : Number(cursor);
    if (!Number.isSafeInteger(top)) throw invalid([{ field: 'cursor', problem: 'is no cursor of ours' }]);
    for (let rounds = 0; top > 0 && kept.length < limit && rounds < MOST_ROUNDS; rounds++) {
      const bottom = Math.max(0, top - WINDOW);
      const events = await this.engines.log.readLog(bottom, WINDOW, { tenant, ...(types ? { types } : {}) });
      for (const event of events.reverse()) {
        if (kept.length === limit) break;
        const { position, occurredAt, stream, type } = event;
        const mine = !actor || event.actor === actor;
        const wanted = mine && position <= top && (!from || occurredAt >= from) && (!to || occurredAt <= `${to}~`);
        if (wanted && !this.hiddenTypes.has(type) && (await this.mayRead(stream, readable))) kept.push(event);
      }
      top = kept.length === limit ? kept.at(-1)!.position - 1 : bottom;
    }
    return { items: await this.shown(kept), ...(top > 0 ? { next: String(top) } : {}) };
  }

  /** Every event of a correlation in this service, or everything that touched one of some hundred records, oldest first: entries only. */
  async entries(by: { correlation: string } | { records: string[] }): Promise<Entry[]> {
    await this.freshness.wait();
    const where: Where =
      'records' in by ? { field: 'record', op: 'in', value: by.records } : { field: 'own', op: 'eq', value: by.correlation };
    const found = await everything(this.engines.models, JOURNAL, context().tenant, where, MOST_ENTRIES, [{ field: 'order' }]);
    return found.map(({ doc }) => doc as unknown as Entry);
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
    for (const entry of entries) if (!this.hiddenTypes.has(entry.type) && (await this.mayRead(entry.stream, readable))) kept.push(entry);
    return this.shown(await this.fetch(kept));
  }

  /** As the caller may see them, who may read their records. */
  private async shown(stored: StoredEvent[]): Promise<HistoryItem[]> {
    const { tenant, permissions } = context();
    const recorded = await this.engines.sealer.unseal(tenant, stored);
    return stored.map((event, index) => itemOf(event, recorded[index]!, permissions.hidden(kindOfStream(event.stream))));
  }

  /** @param known what was found of other streams during the same question */
  private async mayRead(stream: string, known: Map<string, boolean>): Promise<boolean> {
    let may = known.get(stream);
    if (may === undefined) known.set(stream, (may = await this.views.mayRead(stream)));
    return may;
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

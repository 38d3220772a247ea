import type { BusBatch } from '#engines/event-bus';
import type { ReadModels, Stored, Write } from '#engines/read-models';
import { cleanTo, foldEvents, type AnyView, type Children, type Projection, type Recorded, type StoredEvent } from '#model';
import type { Engines } from './engines.ts';
import { eventName, journalWrites } from './journal-index.ts';
import { Parking } from './parking.ts';
import { collectionOf, CURSORS, FAR, FOREIGN, HOUSE, JOURNAL, SKIPPED, Storages, type Contents } from './storage.ts';
import { Summaries, type Marks } from './summaries.ts';
import { todoWrites } from './todo-plan.ts';
import { span } from './tracing.ts';

/** A visible document that moved: what pages, caches and waiting readers are told. */
export type Change = { view: string; tenant: string; id: string; revision: number };

/** Applied up to `position` of a log's partition. */
export type Applied = { log: string; partition: number; position: number; changes: Change[] };

/** What applying events comes to: rows to be written, what moved, what is to be summed up again. */
type Outcome = { writes: Write[]; changes: Change[]; marks: Marks };

type Opened = { stored: StoredEvent; recorded: Recorded | undefined; error?: unknown };

/**
 * One consumer's work: a batch is opened once for all its projections, then applied in the order of architecture.md, section 6: marks and
 * rows, summaries, marks gone, cursor. Applying a batch again changes nothing.
 */
export class Lane {
  readonly projections: Projection[];
  private readonly children: Children[];
  private readonly handled: Map<Projection, Set<string>>;
  private readonly kinds: Map<Projection, Set<string>>;
  private readonly followed: Set<string>;
  private readonly summaries: Summaries;
  private cursor = new Map<string, { version: number; positions: Record<string, number> }>();

  constructor(
    private readonly engines: Pick<Engines, 'models' | 'sealer' | 'clock'>,
    private readonly contents: Contents,
    private readonly storages: Storages,
    readonly parking: Parking,
    /** Which projections this lane applies; the journal and to-dos belong to the lane that has `extras`. */
    only?: { projections: Projection[]; extras: boolean; into?: Map<AnyView, string> },
  ) {
    this.projections = only?.projections ?? contents.views.filter((view): view is Projection => view.type === 'projection');
    this.extras = only?.extras ?? true;
    this.into = only?.into ?? new Map();
    this.children = contents.views.filter((view): view is Children => view.type === 'children');
    this.handled = new Map(this.projections.map((view) => [view, new Set(view.handlers.map((handler) => handler.event.type))]));
    this.kinds = new Map(this.projections.map((view) => [view, new Set(view.handlers.map((handler) => kindOfType(handler.event.type)))]));
    const planned = this.extras ? contents.reactions.flatMap(({ handlers }) => handlers.map(({ event }) => kindOfType(event.type))) : [];
    this.followed = new Set([...[...this.kinds.values()].flatMap((kinds) => [...kinds]), ...planned]);
    this.summaries = new Summaries(engines, contents, (view) => this.storageOf(view));
  }
  private readonly extras: boolean;
  private readonly into: Map<AnyView, string>;

  private get models(): ReadModels {
    return this.engines.models;
  }

  storageOf(view: AnyView): string {
    return this.into.get(view) ?? this.storages.of(view);
  }

  /** The kinds of records it wants to hear of from a log; undefined: everything, for the journal. */
  wants(log: string): string[] | undefined {
    if (this.extras && (log === this.contents.service || this.contents.journalOf === 'all')) return undefined;
    return [...this.followed];
  }

  /** Makes the storages this lane writes, finishes what a crash left between rows and summaries. */
  async open(): Promise<void> {
    await this.models.declare(this.contents.views.map((view) => collectionOf(view, this.storageOf(view), this.summaries.refsOf(view))));
    await this.parking.open();
    await this.summaries.finish();
  }

  /** Where to start in a log: the least position among this lane's projections. */
  async from(log: string, partition: number): Promise<number> {
    const id = `${log}/${partition}`;
    const [kept] = await this.models.load(CURSORS, [{ tenant: HOUSE, id }]);
    const positions = (kept?.doc.positions ?? {}) as Record<string, number>;
    this.cursor.set(id, { version: kept?.version ?? 0, positions });
    return Math.min(...this.names().map((name) => positions[name] ?? 0));
  }

  /** @returns what moved; rejects when the engine does: the bus tries again */
  apply(batch: BusBatch): Promise<Applied> {
    // A batch is made of many commands' events: it is no part of any of their traces, but leads to each.
    const links = batch.events.slice(0, 32).map((event) => event.traceparent);
    return span(
      `apply ${this.contents.service}`,
      { 'rapport.log': batch.log, 'rapport.events': batch.events.length },
      () => this.applied(batch),
      {
        links,
      },
    );
  }

  private async applied(batch: BusBatch): Promise<Applied> {
    const events = batch.events.filter((event) => batch.log === this.contents.service || !isInternal(event));
    if (events.length === 0) {
      if (this.isFarBehind(batch)) await this.moveCursor(batch);
      return { log: batch.log, partition: batch.partition, position: batch.last, changes: [] };
    }
    const opened = await this.open_(events);
    const writes: Write[] = [];
    const changes: Change[] = [];
    const marks: Marks = new Map();
    for (const view of this.projections) await this.applyTo(view, opened, { writes, changes, marks });
    // Named by the batch: a second try finds its own.
    const noted = `${batch.log}/${batch.partition}/${batch.last}/${this.names()[0]}`;
    const early: Write[] = this.summaries.noted(marks, noted);
    const further = this.extras
      ? [
          ...journalWrites(this.contents, batch.log, events),
          ...this.foreignWrites(batch.log, events),
          ...(await todoWrites(this.models, this.contents.reactions, opened, this.engines.clock())),
        ]
      : [];
    await this.together(async () => {
      // Marks, journal and kept streams may be there from an earlier try; rows may not have been overtaken.
      const lost = await this.models.save([...early, ...further, ...writes]);
      if (lost.some((one) => writes.includes(one))) throw new Error('another writer was quicker; the batch is applied again');
      for (const change of await this.summaries.recompute(noted, marks)) changes.push(change);
      await this.moveCursor(batch);
    });
    return { log: batch.log, partition: batch.partition, position: batch.last, changes };
  }

  /** Applies events to one projection only, from wherever they were kept: retrying what was parked, sweeping after an erasure. */
  async applyOnly(view: Projection, events: StoredEvent[], how: { anew?: boolean } = {}): Promise<Change[]> {
    const opened = await this.open_(events);
    const writes: Write[] = [];
    const changes: Change[] = [];
    const marks: Marks = new Map();
    await this.applyTo(view, opened, { writes, changes, marks }, how.anew);
    const noted = `only/${view.name}/${events.at(-1)?.id}`;
    return this.together(async () => {
      const lost = await this.models.save([...this.summaries.noted(marks, noted), ...writes]);
      if (lost.some((one) => writes.includes(one))) throw new Error('another writer was quicker; apply again');
      return [...changes, ...(await this.summaries.recompute(noted, marks))];
    });
  }

  /** All of a batch at once where the engine can; elsewhere its parts in an order that a crash may break off anywhere. */
  private together<T>(work: () => Promise<T>): Promise<T> {
    return this.models.together ? this.models.together(work) : work();
  }

  private async applyTo(view: Projection, opened: Opened[], { writes, changes, marks }: Outcome, anew = false): Promise<void> {
    const kinds = this.kinds.get(view)!;
    const byStream = new Map<string, Opened[]>();
    for (const event of opened) {
      const { stream, tenant } = event.stored;
      if (!kinds.has(stream.slice(0, stream.indexOf('/')))) continue;
      const key = `${tenant}\u0000${stream}`;
      const group = byStream.get(key);
      if (group) group.push(event);
      else byStream.set(key, [event]);
    }
    if (byStream.size === 0) return;
    const collection = this.storageOf(view);
    const groups = [...byStream.values()];
    const rows = await this.models.load(
      collection,
      groups.map(([first]) => ({ tenant: first!.stored.tenant, id: recordId(first!.stored) })),
    );
    const childWrites: Write[] = [];
    const rowWrites: Write[] = [];
    for (const [index, group] of groups.entries()) {
      const row = rows[index];
      const { tenant, stream } = group[0]!.stored;
      const todo = group.filter(({ stored }) => anew || stored.revision > (row?.revision ?? 0));
      if (todo.length === 0) continue;
      const held = this.parking.holds(view, tenant, stream);
      const done = held
        ? { doc: row?.doc, revision: row?.revision ?? 0, failed: 0, error: undefined }
        : await this.fold(view, anew ? undefined : row, todo);
      if (held || done.failed !== undefined) await this.parking.park(view, todo.slice(done.failed), done.error);
      if (held) continue;
      if (done.revision === (row?.revision ?? 0) && done.failed === undefined && !anew) continue;
      const id = recordId(group[0]!.stored);
      const doc = done.failed === undefined ? done.doc : { ...done.doc, waiting: true };
      if (doc === undefined && row === undefined) continue;
      rowWrites.push({ collection, tenant, id, expected: row?.version ?? 0, revision: done.revision, doc: doc ?? {} });
      changes.push({ view: view.name, tenant, id, revision: done.revision });
      this.summaries.mark(marks, view, tenant, row?.doc, doc);
      for (const child of this.children)
        if (child.of === view) await this.childWrites(child, tenant, row, doc, done.revision, { writes: childWrites, changes, marks });
    }
    writes.push(...childWrites, ...rowWrites);
  }

  /** Folds events into a row until one cannot be: `failed` is its place. */
  private async fold(view: Projection, row: Stored | undefined, events: Opened[]) {
    const types = this.handled.get(view)!;
    let doc = row?.doc;
    let revision = row?.revision ?? 0;
    for (const [place, { stored, recorded, error }] of events.entries()) {
      if (await this.skipped(view, stored.id)) {
        revision = stored.revision;
        continue;
      }
      try {
        if (error !== undefined) throw error;
        if (types.has(stored.type)) {
          const next = foldEvents(view.handlers, doc, [recorded!]) as Record<string, unknown> | undefined;
          if (next) doc = { ...(cleanTo(view.shape, next) as object), ...envelope(doc) };
        }
        doc = withLifecycle(doc, stored, recorded);
      } catch (failure) {
        return { doc, revision, failed: place, error: failure };
      }
      revision = stored.revision;
    }
    return { doc, revision, failed: undefined, error: undefined };
  }

  private async childWrites(
    child: Children,
    tenant: string,
    row: Stored | undefined,
    doc: Record<string, unknown> | undefined,
    revision: number,
    { writes, changes, marks }: Outcome,
  ) {
    const each = (of: Record<string, unknown> | undefined) => (of && of.id !== undefined ? (child.each(of) as { id: string }[]) : []);
    const now = new Map(each(doc).map((item) => [item.id, item]));
    const ids = [...new Set([...each(row?.doc).map((item) => item.id), ...now.keys()])];
    if (ids.length === 0) return;
    const collection = this.storageOf(child);
    const stored = await this.models.load(
      collection,
      ids.map((id) => ({ tenant, id })),
    );
    for (const [index, id] of ids.entries()) {
      const item = now.get(id);
      const next = item ? { ...(cleanTo(child.shape, item) as object), ...envelope(doc) } : { gone: true };
      writes.push({ collection, tenant, id, expected: stored[index]?.version ?? 0, revision, doc: next });
      changes.push({ view: child.name, tenant, id, revision });
      this.summaries.mark(marks, child, tenant, stored[index]?.doc, next);
    }
  }

  private async open_(events: StoredEvent[]): Promise<Opened[]> {
    const wanted = events.filter((event) => this.followed.has(event.stream.slice(0, event.stream.indexOf('/'))));
    const opened = new Map<StoredEvent, Opened>();
    for (const [tenant, group] of Map.groupBy(wanted, ({ tenant: of }) => of)) {
      try {
        const recorded = await this.engines.sealer.unseal(tenant, group);
        for (const [index, stored] of group.entries()) opened.set(stored, { stored, recorded: recorded[index]! });
      } catch (error) {
        if (isAway(error)) throw error;
        // One of them cannot be read: find out which, so that the others go on.
        for (const stored of group) opened.set(stored, await this.openOne(tenant, stored));
      }
    }
    return wanted.map((stored) => opened.get(stored)!);
  }

  private async openOne(tenant: string, stored: StoredEvent): Promise<Opened> {
    try {
      const [recorded] = await this.engines.sealer.unseal(tenant, [stored]);
      return { stored, recorded: recorded! };
    } catch (error) {
      if (isAway(error)) throw error;
      return { stored, recorded: undefined, error };
    }
  }

  private async skipped(view: Projection, eventId: string): Promise<boolean> {
    if (!this.parking.anySkipped) return false;
    const [found] = await this.models.load(SKIPPED, [{ tenant: HOUSE, id: `${view.name}/${eventId}` }]);
    return found !== undefined;
  }

  private foreignWrites(log: string, events: StoredEvent[]): Write[] {
    if (log === this.contents.service) return [];
    return events
      .filter((event) => this.followed.has(event.stream.slice(0, event.stream.indexOf('/'))))
      .map((event) => ({
        collection: FOREIGN,
        tenant: event.tenant,
        id: eventName(event),
        expected: 0,
        revision: event.revision,
        doc: { ...event },
      }));
  }

  /** Whether a cursor that nothing has moved for long must be moved all the same; one that is not there yet must. */
  private isFarBehind({ log, partition, last }: BusBatch): boolean {
    const positions = this.cursor.get(`${log}/${partition}`)?.positions ?? {};
    return this.names().some((name) => last - (positions[name] ?? -Infinity) >= FAR);
  }

  private async moveCursor(batch: BusBatch): Promise<void> {
    const id = `${batch.log}/${batch.partition}`;
    const kept = this.cursor.get(id) ?? { version: 0, positions: {} };
    for (let attempt = 0; attempt < 5; attempt++) {
      const positions = { ...kept.positions };
      for (const name of this.names()) positions[name] = Math.max(positions[name] ?? 0, batch.last);
      const lost = await this.models.save([
        { collection: CURSORS, tenant: HOUSE, id, expected: kept.version, revision: 0, doc: { positions } },
      ]);
      if (lost.length === 0) {
        this.cursor.set(id, { version: kept.version + 1, positions });
        return;
      }
      const [stored] = await this.models.load(CURSORS, [{ tenant: HOUSE, id }]);
      kept.version = stored?.version ?? 0;
      kept.positions = (stored?.doc.positions ?? {}) as Record<string, number>;
    }
    throw new Error('the cursor is moved by somebody else; the batch is applied again');
  }

  /** What cursors are kept by: each projection version, and the journal as one more. */
  names(): string[] {
    return [...this.projections.map((view) => this.storageOf(view)), ...(this.extras ? [JOURNAL] : [])];
  }
}

/** An engine that cannot be had just now says nothing of an event: the batch is tried again. */
const isAway = (error: unknown) => error instanceof Error && error.name.endsWith('Unavailable');

const recordId = (event: StoredEvent) => event.stream.slice(event.stream.indexOf('/') + 1);
const kindOfType = (type: string) => type.slice(0, type.lastIndexOf('.'));

/** Internal events never leave their service: reservations, credentials, settled to-dos. */
const isInternal = (event: StoredEvent) => internalTypes.has(event.type);
const internalTypes = new Set<string>();
export const declareInternal = (type: string) => internalTypes.add(type);

/** Members that every row has beside its shape. */
function envelope(doc: Record<string, unknown> | undefined): { removed?: true; erased?: true } {
  return { ...(doc?.removed === true ? { removed: true as const } : {}), ...(doc?.erased === true ? { erased: true as const } : {}) };
}

function withLifecycle(
  doc: Record<string, unknown> | undefined,
  stored: StoredEvent,
  recorded: Recorded | undefined,
): Record<string, unknown> | undefined {
  if (!doc) return doc;
  const kind = stored.stream.slice(0, stored.stream.indexOf('/'));
  if (stored.type === `${kind}.removed`) return { ...doc, removed: true };
  if (stored.type === `${kind}.restored`) {
    const { removed: _, ...rest } = doc;
    return rest;
  }
  if (stored.type === `${kind}.erased` || recorded?.erased) return { ...doc, erased: true };
  return doc;
}

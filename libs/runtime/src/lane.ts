import { UNREADABLE, type BusBatch, type Cursor } from '#engines/event-bus';
import type { ReadModels, Stored, Write } from '#engines/read-models';
import { cleanTo, foldEvents, type AnyView, type Children, type Projection, type StoredEvent } from '#model';
import type { Applied, Change } from './applied.ts';
import type { Engines } from './engines.ts';
import { Gathering } from './gathering.ts';
import { isInternalType } from './internal.ts';
import { journalWrites } from './journal-index.ts';
import { LaneCursors } from './lane-cursors.ts';
import { envelope, withLifecycle } from './lifecycle-marks.ts';
import { openEvents, type Opened } from './opening.ts';
import { Parking, Unreadable } from './parking.ts';
import { collectionOf, HOUSE, JOURNAL, SKIPPED, Storages, type Contents } from './storage.ts';
import { kept } from './stream-source.ts';
import { Summaries, type Marks } from './summaries.ts';
import { todoWrites } from './todo-plan.ts';
import { span } from './tracing.ts';

/** What applying events comes to: rows to be written, what moved, what is to be summed up again. */
type Outcome = { writes: Write[]; changes: Change[]; marks: Marks };

/**
 * One consumer's work: a batch is opened once for all its projections, then applied in the order of architecture.md, section 6: marks and
 * rows, summaries, marks gone, cursor. Applying a batch again changes nothing. Batches that wait at the same time are applied as one.
 */
export class Lane {
  readonly projections: Projection[];
  private readonly children: Children[];
  private readonly handled: Map<Projection, Set<string>>;
  private readonly kinds: Map<Projection, Set<string>>;
  private readonly followed: Set<string>;
  private readonly summaries: Summaries;
  private readonly cursors: LaneCursors;
  private readonly gathering = new Gathering(
    (batches) => this.traced(batches),
    (work) => this.exclusively(work),
  );
  private chain: Promise<unknown> = Promise.resolve();
  private takingOver: Promise<void> | undefined;

  constructor(
    private readonly engines: Pick<Engines, 'models' | 'sealer' | 'clock'>,
    private readonly contents: Contents,
    storages: Storages,
    readonly parking: Parking,
    /** Which projections this lane applies; the journal and to-dos belong to the lane that has `extras`, streams of others to one that `keeps` them, too. */
    only?: { projections: Projection[]; extras: boolean; keeps?: boolean; into?: ReadonlyMap<AnyView, string> },
  ) {
    this.projections = only?.projections ?? contents.views.filter((view): view is Projection => view.type === 'projection');
    this.extras = only?.extras ?? true;
    this.keeps = only?.keeps ?? this.extras;
    // Fixed for as long as the lane runs: its cursors are of these storages and no others.
    this.into = new Map(contents.views.map((view) => [view, only?.into?.get(view) ?? storages.of(view)]));
    this.cursors = new LaneCursors(engines.models, this.names());
    this.children = contents.views.filter((view): view is Children => view.type === 'children');
    this.handled = new Map(this.projections.map((view) => [view, new Set(view.handlers.map((handler) => handler.event.type))]));
    this.kinds = new Map(this.projections.map((view) => [view, new Set(view.handlers.map((handler) => kindOfType(handler.event.type)))]));
    const planned = this.extras ? contents.reactions.flatMap(({ handlers }) => handlers.map(({ event }) => kindOfType(event.type))) : [];
    this.followed = new Set([...[...this.kinds.values()].flatMap((kinds) => [...kinds]), ...planned]);
    this.summaries = new Summaries(engines, contents, (view) => this.storageOf(view));
  }
  private readonly extras: boolean;
  private readonly keeps: boolean;
  private readonly into: ReadonlyMap<AnyView, string>;

  private get models(): ReadModels {
    return this.engines.models;
  }

  storageOf(view: AnyView): string {
    return this.into.get(view)!;
  }

  /** The kinds of records it wants to hear of from a log; undefined: everything, for the journal. */
  wants(log: string): string[] | undefined {
    if (this.extras && (log === this.contents.service || this.contents.journalOf === 'all')) return undefined;
    return [...this.followed];
  }

  /** Makes the storages this lane writes. */
  async open(): Promise<void> {
    await this.models.declare(this.contents.views.map((view) => collectionOf(view, this.storageOf(view), this.summaries.refsOf(view))));
  }

  /** Where to start in a log: the least among this lane's projections. Whoever had the partition before may have parked streams, or left summaries undone. */
  async from(log: string, partition: number): Promise<Cursor | undefined> {
    this.takingOver ??= this.exclusively(async () => {
      this.takingOver = undefined;
      await this.parking.open();
      await this.summaries.finish();
    });
    await this.takingOver;
    return this.cursors.load({ log, partition });
  }

  /** @returns what moved, of all that was applied with it where it was first; rejects when the engine does: the bus tries again */
  apply(batch: BusBatch): Promise<Applied> {
    return this.gathering.add(batch);
  }

  private traced(batches: BusBatch[]): Promise<Applied[]> {
    const events = batches.flatMap((batch) => batch.events);
    // A batch is made of many commands' events: it is no part of any of their traces, but leads to each.
    const links = events.slice(0, 32).map((event) => event.traceparent);
    const about = { 'rapport.log': [...new Set(batches.map(({ log }) => log))].join(), 'rapport.events': events.length };
    return span(`apply ${this.contents.service}`, about, () => this.applied(batches), { links });
  }

  private async applied(all: BusBatch[]): Promise<Applied[]> {
    const batches = all.map((batch) => ({ ...batch, events: firstOf(batch.events).filter((event) => this.isGiven(batch.log, event)) }));
    const given = batches.flatMap(({ events }) => events);
    const changes: Change[] = [];
    const applied = all.map(({ log, partition, cursor }, at) => ({ log, partition, ...cursor, changes: at === 0 ? changes : [] }));
    if (given.length === 0) {
      await this.cursors.pass(batches);
      return applied;
    }
    const opened = await this.opened(given);
    const writes: Write[] = [];
    const marks: Marks = new Map();
    for (const view of this.projections) await this.applyTo(view, opened, { writes, changes, marks });
    const note = this.summaries.note(marks);
    const readable = batches.map(({ log, events }) => ({ log, events: events.filter(({ type }) => type !== UNREADABLE) }));
    const further: Write[] = this.keeps ? readable.flatMap(({ log, events }) => this.foreignWrites(log, events)) : [];
    if (this.extras) {
      await this.layAside(given);
      further.push(...readable.flatMap(({ log, events }) => journalWrites(this.contents, log, events)));
      further.push(...(await todoWrites(this.models, this.contents.reactions, opened, this.engines.clock())));
    }
    const rows = new Set(writes);
    await this.together(async () => {
      // Journal and kept streams may be there from an earlier try; rows may not have been overtaken.
      const lost = await this.models.save([...note.writes, ...further, ...writes]);
      if (lost.some((one) => rows.has(one))) throw new Error('another writer was quicker; the batch is applied again');
      for (const change of await this.summaries.recompute(note, marks)) changes.push(change);
      await this.cursors.move(batches);
    });
    return applied;
  }

  /** Events of other services that are theirs alone say nothing here. */
  private isGiven(log: string, event: StoredEvent): boolean {
    return log === this.contents.service || !isInternalType(event.type);
  }

  /**
   * Applies events to one projection only, from wherever they were kept: retrying what was parked, sweeping after an erasure. Where another replica
   * applies at the same time, whoever comes second looks again.
   */
  applyOnly(view: Projection, events: StoredEvent[], how: { anew?: boolean } = {}): Promise<Change[]> {
    return this.exclusively(async () => {
      const opened = await this.opened(events);
      // Of all attempts: each may have saved some rows.
      const changes: Change[] = [];
      const marks: Marks = new Map();
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const writes: Write[] = [];
        await this.applyTo(view, opened, { writes, changes, marks }, how.anew);
        const [note, rows] = [this.summaries.note(marks), new Set(writes)];
        const applied = await this.together(async () => {
          const lost = await this.models.save([...note.writes, ...writes]);
          return lost.some((one) => rows.has(one)) ? undefined : [...changes, ...(await this.summaries.recompute(note, marks))];
        });
        if (applied) return applied;
      }
      throw new Error('other writers were quicker time after time; apply again');
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
      const todo = group.filter(({ stored }) => anew || stored.revision > (row?.revision ?? 0) || stored.type === UNREADABLE);
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
        revision = Math.max(revision, stored.revision);
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

  private async skipped(view: Projection, eventId: string): Promise<boolean> {
    if (!this.parking.anySkipped) return false;
    const [found] = await this.models.load(SKIPPED, [{ tenant: HOUSE, id: `${view.name}/${eventId}` }]);
    return found !== undefined;
  }

  private foreignWrites(log: string, events: StoredEvent[]): Write[] {
    if (log === this.contents.service) return [];
    return events.filter((event) => this.follows(event)).map(kept);
  }

  private opened(events: StoredEvent[]): Promise<Opened[]> {
    return openEvents(
      this.engines.sealer,
      events.filter((event) => this.follows(event)),
    );
  }

  private follows(event: StoredEvent): boolean {
    return this.followed.has(event.stream.slice(0, event.stream.indexOf('/')));
  }

  /** What cannot be read and is of no stream that a projection follows waits for people by itself; the others wait in their streams. */
  private async layAside(events: StoredEvent[]): Promise<void> {
    for (const event of events)
      if (event.type === UNREADABLE && !this.follows(event))
        await this.parking.keep({ name: asideOf(this.contents.service) }, [{ stored: event }], new Unreadable(event));
  }

  /** Keeps how far this one has come where nothing was applied last: who stops in good order passes over nothing twice. */
  async settle(): Promise<void> {
    await this.exclusively(() => this.cursors.settle());
  }

  /** What cursors are kept by: each projection version, and the journal as one more. */
  names(): string[] {
    return namesOf(this.projections, (view) => this.storageOf(view), this.extras);
  }

  /** One batch at a time: those of other partitions would only get in each other's way, in rows' summaries above all. */
  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.chain.then(work);
    this.chain = result.catch(() => undefined);
    return result;
  }
}

const ATTEMPTS = 20;

/** What cursors are kept by: each projection's storage, and the journal as one more where it is kept too. */
export const namesOf = (projections: Projection[], storageOf: (view: AnyView) => string, extras = true): string[] => [
  ...projections.map(storageOf),
  ...(extras ? [JOURNAL] : []),
];

/** What waits under the name of no view, because it is of none. */
export const asideOf = (service: string) => `${service}.unreadable`;

/** Each event once: a bus may repeat what it has given, within a batch too. */
function firstOf(events: StoredEvent[]): StoredEvent[] {
  const seen = new Set<string>();
  return events.filter(({ id }) => !seen.has(id) && seen.add(id));
}

const recordId = (event: StoredEvent) => event.stream.slice(event.stream.indexOf('/') + 1);
const kindOfType = (type: string) => type.slice(0, type.lastIndexOf('.'));

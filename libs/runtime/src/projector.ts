import type { Consumer } from '#engines/event-bus';
import type { Stored } from '#engines/read-models';
import { same, type AnyView, type Children, type Projection } from '#model';
import type { Engines } from './engines.ts';
import { JOURNAL, collectionOf, CURSORS, everything, HOUSE, RUNTIME_COLLECTIONS, Storages, isSummary, type Contents } from './storage.ts';
import { Lane, type Applied } from './lane.ts';
import { Parking, type ParkedEvent } from './parking.ts';
import { streamEvents } from './stream-source.ts';
import { Summaries, type Marks } from './summaries.ts';

export type ProjectionStatus = {
  view: string;
  storage: string;
  state: 'live' | 'catching-up' | 'rebuilding';
  lag: number;
  parkedStreams: number;
};

type Running = { lane: Lane; consumer: Consumer; level: Set<string>; state: ProjectionStatus['state'] };

export type ProjectorOptions = {
  /** The logs this service follows, its own among them. */
  logs: string[];
  onApplied?: (applied: Applied) => void;
  onSwept?: (swept: Swept) => void;
  alert?: (message: string, about: Record<string, string>) => void;
};

/** What an erasure's sweep did in this service: which stores, how many rows were folded again. */
export type Swept = { tenant: string; person: string; service: string; streams: number; rows: number };

const PAGE = 500;

/** Equal documents are nearly always kept as equal text, which need not be read. */
const isAlike = (view: AnyView, one: Stored, other: Stored): boolean =>
  (!view.how.inner && one.json !== undefined && one.json === other.json) || same(one.doc, other.doc);

/** Keeps a service's views: a live lane, a catch-up lane for what is new, rebuilds beside what is read. */
export class Projector {
  readonly storages: Storages;
  readonly parking: Parking;
  private live: Running | undefined;
  private behind: Running | undefined;
  private readonly rebuilding = new Map<string, Running>();
  private waiting: (() => void)[] = [];
  private chain: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly engines: Engines,
    private readonly contents: Contents,
    private readonly options: ProjectorOptions,
  ) {
    this.storages = new Storages(engines.models);
    this.parking = new Parking(engines.models, options.alert);
  }

  async start(): Promise<void> {
    await this.engines.models.declare(RUNTIME_COLLECTIONS);
    await this.storages.refresh();
    await this.resume();
  }

  /** Resolves when every lane has applied everything there was when it was asked; at once when it is level. */
  async caughtUp(): Promise<void> {
    while (!this.isLevel()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  isLevel(): boolean {
    return [this.live, this.behind].every((running) => !running || running.level.size === this.options.logs.length);
  }

  async status(): Promise<ProjectionStatus[]> {
    const parked = this.parking.counts();
    const found: ProjectionStatus[] = [];
    for (const running of [this.live, this.behind, ...this.rebuilding.values()]) {
      if (!running) continue;
      const lag = Object.values(await running.consumer.lag()).reduce((sum, behind) => sum + behind, 0);
      for (const view of running.lane.projections)
        found.push({
          view: view.name,
          storage: running.lane.storageOf(view),
          state: running.state,
          lag,
          parkedStreams: parked[view.name] ?? 0,
        });
    }
    return found;
  }

  /** Builds a projection anew from the first event, beside the one that is read, and switches over when it is level. A summary is computed again from its rows. */
  async rebuild(name: string): Promise<void> {
    const view = this.contents.views.find((one) => one.name === name);
    if (!view) throw new RangeError(`there is no view ${name}`);
    if (isSummary(view)) return this.exclusively(() => this.recomputeAll([view]));
    const projection = view.type === 'children' ? view.of : view;
    const family: (Projection | Children)[] = [
      projection,
      ...this.contents.views.filter((one): one is Children => one.type === 'children' && one.of === projection),
    ];
    const next = family.map((one) => ({ view: one, ...this.storages.next(one) }));
    // What an interrupted rebuild left is no use: begin from nothing.
    for (const { name: storage, view: member } of next) {
      await this.engines.models.drop(storage);
      await this.forgetCursor(storage);
      await this.engines.models.declare([collectionOf(member, storage, this.summaries().refsOf(member))]);
    }
    const into = new Map<AnyView, string>(next.map((one) => [one.view, one.name]));
    const lane = new Lane(this.engines, { ...this.contents, views: family, reactions: [] }, this.storages, this.parking, {
      projections: [projection],
      extras: false,
      into,
    });
    const running = await this.run(lane, 'rebuilding', `rebuild-${name}`);
    this.rebuilding.set(name, running);
    await this.untilLevel(running);
    await this.exclusively(async () => {
      await this.pause();
      await running.consumer.stop();
      const old = family.map((one) => this.storages.of(one));
      for (const one of next) await this.storages.switchTo(one.view, one.generation);
      for (const [at, one] of family.entries()) if (this.isSummedUp(one)) await this.recomputeWhereOther(one, old[at]!);
      for (const storage of old) await this.engines.models.drop(storage);
      this.rebuilding.delete(name);
      await this.resume();
    });
  }

  /** Applies a parked stream's events again, in order. @returns whether it is free now */
  retry(viewName: string, tenant: string, stream: string): Promise<boolean> {
    return this.exclusively(async () => {
      const view = this.projection(viewName);
      await this.pause();
      const events = await this.parking.take(viewName, tenant, stream);
      await this.parking.release(viewName, tenant, stream);
      await this.live!.lane.applyOnly(view, events);
      await this.resume();
      return !this.parking.holds(view, tenant, stream);
    });
  }

  /** Leaves one parked event out, now and in every rebuild, then retries its stream. */
  async skip(viewName: string, event: ParkedEvent, by: string): Promise<boolean> {
    await this.parking.skip(viewName, event.eventId, by, new Date(this.engines.clock()).toISOString());
    return this.retry(viewName, event.tenant, event.stream);
  }

  /**
   * After a person's key is gone: every stream that touches the person is folded again, so that no row keeps a word of them, and the engine's files
   * are cleaned. To be done at once, and again when no cached key can live.
   */
  sweep(tenant: string, person: string): Promise<Swept> {
    return this.exclusively(async () => {
      this.engines.sealer.forget(tenant, person);
      await this.pause();
      const touched = await everything(this.engines.models, JOURNAL, tenant, { field: 'record', op: 'eq', value: person }, 100_000, [
        { field: 'order' },
      ]);
      const streams = new Set<string>([person, ...touched.map(({ doc }) => doc.stream as string)]);
      let rows = 0;
      for (const stream of streams) {
        const events = await streamEvents(this.engines, tenant, stream);
        if (events.length === 0) continue;
        const kind = stream.slice(0, stream.indexOf('/'));
        for (const view of this.live!.lane.projections) {
          if (!view.handlers.some((handler) => handler.event.type.startsWith(`${kind}.`))) continue;
          const changes = await this.live!.lane.applyOnly(view, events, { anew: true });
          rows += changes.length;
          if (changes.length > 0) this.options.onApplied?.({ log: '', partition: 0, position: 0, changes });
        }
      }
      await this.engines.models.scrub();
      await this.resume();
      const swept = { tenant, person, service: this.contents.service, streams: streams.size, rows };
      this.options.onSwept?.(swept);
      return swept;
    });
  }

  async stop(): Promise<void> {
    await this.pause();
    for (const running of this.rebuilding.values()) await running.consumer.stop();
  }

  private summaries(): Summaries {
    return new Summaries(this.engines, this.contents, (view) => this.storages.of(view));
  }

  /** Computes summaries of every key their rows name. */
  private async recomputeAll(summaries: AnyView[]): Promise<void> {
    for (const summary of summaries) {
      if (!isSummary(summary)) continue;
      const work = this.summaries();
      for (const { view } of Object.values(summary.from))
        for await (const page of this.pages(this.storages.of(view))) {
          const marks: Marks = new Map();
          for (const { tenant, doc } of page) work.mark(marks, view as Projection, tenant, undefined, doc);
          await work.compute([...marks.values()]);
        }
    }
  }

  private isSummedUp(view: Projection | Children): boolean {
    return this.contents.views.some((one) => isSummary(one) && Object.values(one.from).some((use) => use.view === view));
  }

  /** Computes what is summed up from rows that are otherwise than they were in a former storage, or are no more. */
  private async recomputeWhereOther(view: Projection | Children, former: string): Promise<void> {
    const work = this.summaries();
    const present = this.storages.of(view);
    const compare = async (rows: Stored[], storage: string, mark: (marks: Marks, row: Stored, other: Stored | undefined) => void) => {
      const others = await this.engines.models.load(storage, rows);
      const marks: Marks = new Map();
      for (const [at, row] of rows.entries()) mark(marks, row, others[at]);
      await work.compute([...marks.values()]);
    };
    for await (const page of this.pages(present))
      await compare(page, former, (marks, row, was) => {
        if (!was || was.revision !== row.revision || !isAlike(view, was, row)) work.mark(marks, view, row.tenant, was?.doc, row.doc);
      });
    for await (const page of this.pages(former))
      await compare(page, present, (marks, row, is) => {
        if (!is) work.mark(marks, view, row.tenant, row.doc, undefined);
      });
  }

  private async *pages(storage: string): AsyncGenerator<Stored[]> {
    let page: Stored[] = [];
    do {
      page = await this.engines.models.scan(storage, { limit: PAGE, after: page.at(-1) });
      yield page;
    } while (page.length === PAGE);
  }

  /** Opens the live lane, and a catch-up lane for projections that are new. */
  private async resume(): Promise<void> {
    const all = this.contents.views.filter((view): view is Projection => view.type === 'projection');
    const [cursor] = await this.engines.models.load(CURSORS, [{ tenant: HOUSE, id: `${this.contents.service}/0` }]);
    const positions = (cursor?.doc.positions ?? {}) as Record<string, number>;
    const started = all.filter((view) => positions[this.storages.of(view)] !== undefined);
    const fresh = started.length > 0 ? all.filter((view) => !started.includes(view)) : [];
    if (fresh.length > 0) {
      const lane = new Lane(this.engines, { ...this.contents, reactions: [] }, this.storages, this.parking, {
        projections: fresh,
        extras: false,
      });
      await lane.open();
      this.behind = await this.run(lane, 'catching-up', 'catch-up');
      void this.untilLevel(this.behind).then(() =>
        this.exclusively(async () => {
          await this.pause();
          await this.resume();
        }),
      );
    }
    const lane = new Lane(
      this.engines,
      this.contents,
      this.storages,
      this.parking,
      fresh.length > 0 ? { projections: started, extras: true } : undefined,
    );
    await lane.open();
    this.live = await this.run(lane, 'live', 'live');
  }

  private async pause(): Promise<void> {
    await this.live?.consumer.stop();
    await this.behind?.consumer.stop();
    this.behind = undefined;
  }

  private async run(lane: Lane, state: ProjectionStatus['state'], group: string): Promise<Running> {
    const level = new Set<string>();
    const consumer = await this.engines.bus.consume({
      group: `${this.contents.service}-${group}`,
      logs: this.options.logs,
      kinds: Object.fromEntries(this.options.logs.flatMap((log) => (lane.wants(log) ? [[log, lane.wants(log)!]] : []))),
      from: (log, partition) => lane.from(log, partition),
      onBatch: async (batch) => {
        level.delete(batch.log);
        const applied = await lane.apply(batch);
        if (state !== 'rebuilding') this.options.onApplied?.(applied);
      },
      onLevel: (log) => {
        level.add(log);
        this.wake();
      },
    });
    return { lane, consumer, level, state };
  }

  private async untilLevel(running: Running): Promise<void> {
    while (running.level.size < this.options.logs.length) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }

  private projection(name: string): Projection {
    const view = this.contents.views.find((one): one is Projection => one.type === 'projection' && one.name === name);
    if (!view) throw new RangeError(`there is no projection ${name}`);
    return view;
  }

  private async forgetCursor(storage: string): Promise<void> {
    for (const { tenant, id, version, doc } of await this.engines.models.scan(CURSORS, { tenant: HOUSE, limit: 1000 })) {
      const { [storage]: _, ...positions } = (doc.positions ?? {}) as Record<string, number>;
      await this.engines.models.save([{ collection: CURSORS, tenant, id, expected: version, revision: 0, doc: { positions } }]);
    }
  }

  /** One change of lanes at a time. */
  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.chain.then(work);
    this.chain = result.catch(() => undefined);
    return result;
  }
}

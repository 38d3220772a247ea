import type { Stored } from '#engines/read-models';
import { Answer, Count, OneOf, same, Text, type AnyView, type Children, type Projection, type Static } from '#model';
import { forgetCursors } from './cursors.ts';
import type { Engines } from './engines.ts';
import type { Applied } from './applied.ts';
import { asideOf, Lane } from './lane.ts';
import { Parking, type ParkedEvent } from './parking.ts';
import { retryParked } from './retry-parked.ts';
import { groupOf, startLane, type RunningLane } from './running-lane.ts';
import { collectionOf, RUNTIME_COLLECTIONS, Storages, isSummary, type Contents } from './storage.ts';
import { tidyStorages } from './storage-keeping.ts';
import { Summaries, type Marks } from './summaries.ts';
import { sweepPerson, type Swept } from './sweep.ts';

export const ProjectionStatus = Answer('ProjectionStatus', {
  view: Text,
  storage: Text,
  group: Text,
  state: OneOf('live', 'catching-up', 'rebuilding'),
  lag: Count,
  parkedStreams: Count,
});
export type ProjectionStatus = Static<typeof ProjectionStatus>;

type Running = RunningLane & { state: ProjectionStatus['state'] };
type Heads = ReadonlyMap<string, number>;

export type ProjectorOptions = {
  /** The logs this service follows, its own among them. */
  logs: string[];
  onApplied?: (applied: Applied) => void;
  onSwept?: (swept: Swept) => void;
  alert?: (message: string, about: Record<string, string>) => void;
  /** Whether other processes keep the same read models: they share the lanes' work, and each follows what another switches over. */
  shared?: boolean;
  /** Views are kept elsewhere from now on; whoever reads them looks again. */
  onSwitched?: () => Promise<void>;
};

/** How often to look whether another process has switched a view over, in ms. */
const LOOK = 2_000;
/** How often to drop what nobody reads any more, in ms. */
const TIDY = 3_600_000;
/** A lane with no more than this before it is level. */
const LITTLE = 1_000;

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
  private chain: Promise<unknown> = Promise.resolve();
  private readonly timers: NodeJS.Timeout[] = [];
  private stopped = false;

  constructor(
    private readonly engines: Engines,
    private readonly contents: Contents,
    private readonly options: ProjectorOptions,
  ) {
    this.storages = new Storages(engines.models);
    this.parking = new Parking(engines.models, options.alert);
  }

  async start(): Promise<void> {
    this.stopped = false;
    await this.engines.models.declare(RUNTIME_COLLECTIONS);
    await this.exclusively(() => this.resume());
    if (this.options.shared) this.timers.push(setInterval(() => void this.look(), LOOK));
    this.timers.push(setInterval(() => void this.tidy(), TIDY).unref());
    await this.tidy();
  }

  /** Resolves when every lane has applied everything there was when it was asked; at once when it is level. */
  async caughtUp(): Promise<void> {
    await this.levelled(() => [this.live, this.behind], await this.heads());
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
          group: running.group,
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
      await forgetCursors(this.engines.models, [storage]);
      await this.engines.models.declare([collectionOf(member, storage, this.summaries().refsOf(member))]);
    }
    const into = new Map<AnyView, string>(next.map((one) => [one.view, one.name]));
    const lane = new Lane(this.engines, { ...this.contents, views: family, reactions: [] }, this.storages, this.parking, {
      projections: [projection],
      extras: false,
      into,
    });
    const running = await this.run(lane, 'rebuilding');
    this.rebuilding.set(name, running);
    await this.untilLevel(running);
    await this.exclusively(async () => {
      await this.pause();
      await this.levelWithLive(running);
      await running.stop();
      this.rebuilding.delete(name);
      if (this.stopped) return;
      const old = family.map((one) => this.storages.of(one));
      await this.storages.switchTo(next, this.engines.clock());
      for (const [at, one] of family.entries()) if (this.isSummedUp(one)) await this.recomputeWhereOther(one, old[at]!);
      // Other processes read the old ones until they have seen the switch; then those are dropped as what nobody uses.
      if (!this.options.shared) for (const storage of old) await this.engines.models.drop(storage);
      await this.resume();
    });
    await this.options.onSwitched?.();
  }

  /** Applies a parked stream's events again, in order. @returns whether it is free now */
  retry(viewName: string, tenant: string, stream: string): Promise<boolean> {
    return this.exclusively(async () => {
      const view = this.projection(viewName);
      await this.pause();
      try {
        return await retryParked(this.engines, this.parking, this.live!.lane, view, tenant, stream);
      } finally {
        await this.resume();
      }
    });
  }

  /** Leaves one parked event out, now and in every rebuild, then retries its stream. */
  async skip(viewName: string, event: ParkedEvent, by: string): Promise<boolean> {
    await this.parking.skip(viewName, event.eventId, by, new Date(this.engines.clock()).toISOString());
    if (viewName !== asideOf(this.contents.service)) return this.retry(viewName, event.tenant, event.stream);
    await this.parking.release(viewName, event.tenant, event.stream, ({ id }) => id === event.eventId);
    return true;
  }

  /**
   * After a person's key is gone: every stream that touches the person is folded again, so that no row keeps a word of them, and the engine's files
   * are cleaned. To be done at once, and again when no cached key can live.
   */
  sweep(tenant: string, person: string): Promise<Swept> {
    return this.exclusively(async () => {
      await this.pause();
      try {
        const swept = await sweepPerson(this.engines, this.live!.lane, { tenant, person, service: this.contents.service }, (changes) =>
          this.applied({ log: '', partition: 0, position: 0, changes }),
        );
        this.options.onSwept?.(swept);
        return swept;
      } finally {
        await this.resume();
      }
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.splice(0)) clearInterval(timer);
    for (const running of this.rebuilding.values()) await running.stop();
    await this.exclusively(() => this.pause());
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

  /** Opens the live lane, and a catch-up lane for projections that are new beside others. */
  private async resume(): Promise<void> {
    if (this.stopped) return;
    await this.storages.refresh();
    const all = this.contents.views.filter((view): view is Projection => view.type === 'projection');
    const joined = all.filter((view) => this.storages.joined(view));
    const fresh = joined.length > 0 ? all.filter((view) => !joined.includes(view)) : [];
    if (fresh.length > 0) {
      const lane = new Lane(this.engines, { ...this.contents, reactions: [] }, this.storages, this.parking, {
        projections: fresh,
        extras: false,
        keeps: true,
      });
      await lane.open();
      this.behind = await this.run(lane, 'catching-up');
      void this.whenLevel(this.behind, async (behind) => {
        await this.pause({ but: behind });
        await this.levelWithLive(behind);
        await this.pause();
        await this.storages.join(fresh);
        await this.resume();
      });
    }
    const lane = new Lane(
      this.engines,
      this.contents,
      this.storages,
      this.parking,
      fresh.length > 0 ? { projections: joined, extras: true } : undefined,
    );
    await lane.open();
    this.live = await this.run(lane, 'live');
    const first = joined.length === 0 && all.length > 0;
    if (first) void this.whenLevel(this.live, () => this.storages.join(all));
  }

  private async pause({ but }: { but?: Running } = {}): Promise<void> {
    if (this.live !== but) await this.live?.stop();
    if (this.behind === but) return;
    await this.behind?.stop();
    this.behind = undefined;
  }

  private async run(lane: Lane, state: ProjectionStatus['state']): Promise<Running> {
    const kind = { live: 'live', 'catching-up': 'catch-up', rebuilding: 'rebuild' } as const;
    const running = await startLane(this.engines, lane, {
      group: groupOf(this.contents.service, kind[state], lane, state === 'live' ? this.contents.reactions : []),
      logs: this.options.logs,
      shared: (this.options.shared ?? false) && state !== 'rebuilding',
      ...(state === 'rebuilding' ? {} : { onApplied: (applied) => this.applied(applied, state) }),
    });
    return { ...running, state };
  }

  /** Tells this process how far it has come, and the others what has moved. */
  private applied(applied: Applied, state: ProjectionStatus['state'] = 'live'): void {
    this.options.onApplied?.(applied);
    if (this.options.shared && state === 'live') this.engines.bus.hint(this.contents.service, applied.changes);
  }

  /** Does what is due when a lane is level, unless it ends before. What fails is said, and is due again after the next start. */
  private async whenLevel(running: Running, work: (running: Running) => Promise<void>): Promise<void> {
    try {
      await this.untilLevel(running);
      await this.exclusively(async () => {
        if (!running.ended.aborted) await work(running);
      });
    } catch (error) {
      if (!running.ended.aborted) this.options.alert?.('a lane that is level could not join the others', { error: (error as Error).name });
    }
  }

  /** Until a lane has everything, but for a little that has come meanwhile. */
  private async untilLevel(running: Running): Promise<void> {
    let heads: Heads;
    do {
      heads = await this.heads();
      await this.levelled(() => [running], heads);
      heads = await this.heads();
    } while (!running.ended.aborted && this.options.logs.some((log) => heads.get(log)! - running.progress.reached(log) > LITTLE));
  }

  /** Until a lane has all that the live lane, now paused, has applied: so nobody who switches from one to the other misses anything. */
  private async levelWithLive(running: Running): Promise<void> {
    const { progress } = this.live!;
    await Promise.all(this.options.logs.map((log) => running.progress.until(log, progress.reached(log), running.ended)));
  }

  /** Until these lanes, whichever they are by then, have come so far. */
  private async levelled(lanes: () => (Running | undefined)[], heads: Heads): Promise<void> {
    for (;;) {
      const [first] = lanes()
        .filter((running) => running !== undefined)
        .flatMap((running) =>
          this.options.logs.filter((log) => running.progress.reached(log) < heads.get(log)!).map((log) => ({ running, log })),
        );
      if (!first || this.stopped) return;
      const { progress, ended } = first.running;
      if (await progress.until(first.log, heads.get(first.log)!, ended)) continue;
      // It ended: what takes its place, if anything does, is there when the change of lanes is over.
      await this.chain;
      if (lanes().includes(first.running)) return;
    }
  }

  private async heads(): Promise<Heads> {
    return new Map(await Promise.all(this.options.logs.map(async (log) => [log, await this.engines.bus.head(log)] as const)));
  }

  /** Whether another process has switched a view over, or let one join: then the lanes begin again where it is. */
  private async look(): Promise<void> {
    const now = new Storages(this.engines.models);
    const { views } = this.contents;
    const differs = async () => {
      await now.refresh();
      return now.fingerprint(views) !== this.storages.fingerprint(views);
    };
    try {
      if (!(await differs())) return;
      await this.exclusively(async () => {
        if (this.stopped || !(await differs())) return;
        await this.pause();
        await this.resume();
        await this.options.onSwitched?.();
      });
    } catch (error) {
      this.options.alert?.('what other processes have switched over could not be seen', { error: (error as Error).name });
    }
  }

  private tidy(): Promise<void> {
    return this.exclusively(async () => {
      if (!this.stopped) await tidyStorages(this.engines.models, this.contents.views, this.engines.clock());
    }).catch((error: Error) => this.options.alert?.('what nobody reads any more could not be dropped', { error: error.name }));
  }

  private projection(name: string): Projection {
    const view = this.contents.views.find((one): one is Projection => one.type === 'projection' && one.name === name);
    if (!view) throw new RangeError(`there is no projection ${name}`);
    return view;
  }

  /** One change of lanes at a time. */
  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.chain.then(work);
    this.chain = result.catch(() => undefined);
    return result;
  }
}

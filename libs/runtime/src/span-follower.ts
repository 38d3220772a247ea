import { UNREADABLE, type BusBatch, type Consumer, type Cursor, type EventBus } from '#engines/event-bus';
import type { Recorded } from '#model';
import type { Sealer } from './engines.ts';
import type { Applied } from './applied.ts';
import { FAR } from './storage.ts';
import type { SpanChanges, SpanStore } from '#engines/figures';
import { rectangles, type SpanSpec } from './spans.ts';
import type { StreamSource } from './stream-source.ts';

/** Streams whole, opened without any personal part. */
export type StreamReader = (tenant: string, streams: string[]) => Promise<Recorded[][]>;

/**
 * Follows the logs that spans are made of, each from its own cursor.
 *
 * @param streams where the streams are that events belong to: the logs, or what is kept of them
 * @param sealer one without a grant: spans hold nothing personal
 * @param replica names this process among others that keep spans too: each follows everything, by itself
 */
export async function followSpans(options: {
  store: SpanStore;
  specs: SpanSpec[];
  bus: EventBus;
  streams: StreamSource;
  sealer: Sealer;
  replica?: string;
  onApplied: (applied: Applied) => void;
  onLevel?: (log: string) => void;
}): Promise<Consumer> {
  const { store, specs, bus, streams, sealer, replica } = options;
  await store.declare(specs.map(({ table, version, columns }) => ({ name: table, version, columns })));
  const kinds = new Set(specs.map(({ kind }) => kind));
  const names = [...new Set([...kinds].map((kind) => kind.slice(0, kind.indexOf('.'))))];
  const follower = new SpanFollower(store, specs, async (tenant, wanted) => {
    const events = await streams.read(tenant, wanted);
    const opened = await sealer.unseal(tenant, events.flat());
    let from = 0;
    return events.map((stream) => opened.slice(from, (from += stream.length)));
  });
  const told = (log: string, partition: number, cursor: Cursor) => options.onApplied({ log, partition, ...cursor, changes: [] });
  const kept = new Map<string, Cursor>();
  return bus.consume({
    group: replica ? `spans.${replica}` : 'spans',
    logs: names,
    kinds: Object.fromEntries(names.map((log) => [log, [...kinds]])),
    batch: 2000,
    from: async (log, partition) => {
      const cursor = await store.cursor(log, partition);
      if (cursor) kept.set(`${log}/${partition}`, cursor);
      if (cursor) told(log, partition, cursor);
      return cursor;
    },
    async onBatch(batch) {
      const events = batch.events.filter(({ type, stream }) => type !== UNREADABLE && kinds.has(stream.slice(0, stream.indexOf('/'))));
      const name = `${batch.log}/${batch.partition}`;
      if (events.length > 0 || isFar(kept.get(name), batch.cursor)) {
        if (events.length > 0) await streams.keep?.(events);
        await follower.apply({ ...batch, events });
        kept.set(name, batch.cursor);
      }
      told(batch.log, batch.partition, batch.cursor);
    },
    onLevel: (log, partition, cursor) => {
      told(log, partition, cursor);
      options.onLevel?.(log);
    },
  });
}

/** Whether a cursor that nothing has moved for long must be moved all the same; one that is not there yet must. */
const isFar = (kept: Cursor | undefined, now: Cursor): boolean =>
  !kept || kept.generation !== now.generation || (now.offset ?? now.position) - (kept.offset ?? kept.position) >= FAR;

/** Keeps spans level with the logs: a batch makes the rectangles of every stream it touches anew, and moves the cursor with them. */
export class SpanFollower {
  private readonly byKind: Map<string, SpanSpec>;

  constructor(
    private readonly store: SpanStore,
    specs: SpanSpec[],
    private readonly read: StreamReader,
  ) {
    this.byKind = new Map(specs.map((spec) => [spec.kind, spec]));
  }

  /** Applies a batch of a log's events. Applying it again changes nothing. */
  async apply({ log, partition, events, cursor }: BusBatch): Promise<void> {
    const touched = new Map<string, Map<string, Set<string>>>();
    for (const { tenant, stream } of events) {
      const kind = stream.slice(0, stream.indexOf('/'));
      if (!this.byKind.has(kind)) continue;
      const tenants = touched.get(kind) ?? new Map<string, Set<string>>();
      touched.set(kind, tenants);
      tenants.set(tenant, (tenants.get(tenant) ?? new Set()).add(stream));
    }
    const changes: SpanChanges[] = [];
    for (const [kind, tenants] of touched) {
      const spec = this.byKind.get(kind)!;
      const change: SpanChanges = { table: spec.table, records: [], spans: [] };
      for (const [tenant, streams] of tenants)
        for (const recorded of await this.read(tenant, [...streams])) {
          const id = recorded[0]?.recordId;
          if (!id) continue;
          change.records.push({ tenant, id });
          for (const { state, ...times } of rectangles(spec.handlers, recorded))
            change.spans.push({ tenant, id, ...times, values: spec.values(state) });
        }
      changes.push(change);
    }
    await this.store.replace(changes, { log, partition, ...cursor });
  }
}

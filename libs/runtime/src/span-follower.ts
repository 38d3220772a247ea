import type { Consumer, EventBus } from '#engines/event-bus';
import type { EventStore } from '#engines/event-store';
import type { Recorded, StoredEvent } from '#model';
import type { Sealer } from './engines.ts';
import type { Applied } from './lane.ts';
import { FAR } from './storage.ts';
import type { SpanChanges, SpanStore } from '#engines/figures';
import { rectangles, type SpanSpec } from './spans.ts';

/** Streams whole, as their logs have them, opened without any personal part. */
export type StreamReader = (tenant: string, streams: string[]) => Promise<Recorded[][]>;

/**
 * Follows the logs that spans are made of, each from its own cursor.
 *
 * @param sealer one without a grant: spans hold nothing personal
 */
export async function followSpans(options: {
  store: SpanStore;
  specs: SpanSpec[];
  bus: EventBus;
  logs: Record<string, EventStore>;
  sealer: Sealer;
  onApplied: (applied: Applied) => void;
  onLevel?: (log: string) => void;
}): Promise<Consumer> {
  const { store, specs, bus, logs, sealer } = options;
  await store.declare(specs.map(({ table, version, columns }) => ({ name: table, version, columns })));
  const names = [...new Set(specs.map(({ kind }) => kind.slice(0, kind.indexOf('.'))))];
  const follower = new SpanFollower(store, specs, async (tenant, streams) => {
    const log = logs[streams[0]!.slice(0, streams[0]!.indexOf('.'))]!;
    const events = await log.readMany(streams.map((stream) => ({ tenant, stream })));
    const opened = await sealer.unseal(tenant, events.flat());
    let from = 0;
    return events.map((stream) => opened.slice(from, (from += stream.length)));
  });
  const kinds = specs.map(({ kind }) => kind);
  const kept = new Map<string, number>();
  return bus.consume({
    group: 'spans',
    logs: names,
    kinds: Object.fromEntries(names.map((log) => [log, kinds])),
    batch: 2000,
    async from(log) {
      const position = await store.cursor(log);
      kept.set(log, position);
      return position;
    },
    async onBatch({ log, events, last }) {
      if (follower.concerns(events) || last - kept.get(log)! >= FAR) {
        await follower.apply(log, events, last);
        kept.set(log, last);
      }
      options.onApplied({ log, partition: 0, position: last, changes: [] });
    },
    onLevel: (log, _partition, position) => {
      options.onApplied({ log, partition: 0, position, changes: [] });
      options.onLevel?.(log);
    },
  });
}

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

  /** Whether any of these events makes spans. */
  concerns(events: StoredEvent[]): boolean {
    return events.some(({ stream }) => this.byKind.has(stream.slice(0, stream.indexOf('/'))));
  }

  /** Applies a batch of a log's events. Applying it again changes nothing. */
  async apply(log: string, events: StoredEvent[], last: number): Promise<void> {
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
    await this.store.replace(changes, { log, position: last });
  }
}

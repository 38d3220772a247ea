import { createHash } from 'node:crypto';
import type { Consumer } from '#engines/event-bus';
import { readCursors } from './cursors.ts';
import type { Engines } from './engines.ts';
import type { Applied } from './applied.ts';
import type { Lane } from './lane.ts';
import { Progress } from './progress.ts';

/** A lane as it consumes. `ended`: it was stopped, to be followed by another or none. */
export type RunningLane = { group: string; lane: Lane; progress: Progress; ended: AbortSignal; consumer: Consumer; stop(): Promise<void> };

export type LaneOptions = {
  /** Of the bus: whoever is in the same one shares the partitions, so all of one must be the same lane. */
  group: string;
  logs: string[];
  /** Whether other processes are in the group: then what they have applied counts too. */
  shared: boolean;
  onApplied?: (applied: Applied) => void;
};

/** Starts a lane on the bus. */
export async function startLane(engines: Engines, lane: Lane, { group, logs, shared, onApplied }: LaneOptions): Promise<RunningLane> {
  const { bus, models } = engines;
  const progress = new Progress({ bus, ...(shared ? { elsewhere: () => readCursors(models, lane.names()) } : {}) });
  const ended = new AbortController();
  const forget = bus.onReached(() => progress.wake());
  const consumer = await bus.consume({
    group,
    logs,
    kinds: Object.fromEntries(logs.flatMap((log) => (lane.wants(log) ? [[log, lane.wants(log)!]] : []))),
    async from(log, partition) {
      const cursor = await lane.from(log, partition);
      if (cursor && progress.note(log, partition, cursor)) onApplied?.({ log, partition, ...cursor, changes: [] });
      return cursor;
    },
    async onBatch(batch) {
      const applied = await lane.apply(batch);
      progress.note(batch.log, batch.partition, batch.cursor);
      onApplied?.(applied);
    },
    onLevel(log, partition, cursor) {
      if (progress.note(log, partition, cursor)) onApplied?.({ log, partition, ...cursor, changes: [] });
    },
  });
  return {
    group,
    lane,
    progress,
    consumer,
    ended: ended.signal,
    async stop() {
      await consumer.stop();
      await lane.settle().catch(() => undefined); // what is not kept is passed over once more
      forget();
      ended.abort();
    },
  };
}

/** The name of a group that only those share who apply the same versions of the same projections and plan by the same reactions. */
export function groupOf(
  service: string,
  what: 'live' | 'catch-up' | 'rebuild',
  lane: Lane,
  reactions: readonly { name: string }[],
): string {
  const parts = [...lane.names(), ...reactions.map(({ name }) => name)].sort();
  return `${service}.${what}.${createHash('sha256').update(parts.join()).digest('hex').slice(0, 12)}`;
}

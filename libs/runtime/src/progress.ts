import type { Cursor, EventBus } from '#engines/event-bus';
import { later, type Cursors } from './cursors.ts';

/** How often to look how far others have come, in ms, while somebody waits for it. */
const LOOK = 40;

export type ProgressOptions = {
  /** Knows what cursors come to; without it each log is one partition. */
  bus?: Pick<EventBus, 'reached'>;
  /** How far it has come by what is kept: for partitions that other processes see to. */
  elsewhere?: () => Promise<Cursors>;
};

/** How far something that follows logs has come in them, partition by partition; and waiting for it. */
export class Progress {
  private readonly cursors: Cursors = new Map();
  private readonly waiting = new Set<() => boolean>();
  private looking = false;

  constructor(private readonly how: ProgressOptions = {}) {}

  /** Has come so far. @returns whether that is further than was known */
  note(log: string, partition: number, cursor: Cursor): boolean {
    let partitions = this.cursors.get(log);
    if (!partitions) this.cursors.set(log, (partitions = new Map()));
    const known = partitions.get(partition);
    const now = later(known, cursor);
    if (known && known.position === now.position && known.offset === now.offset && known.generation === now.generation) return false;
    partitions.set(partition, now);
    this.wake();
    return true;
  }

  /** The position of a log up to which everything has been seen. */
  reached(log: string): number {
    const partitions = this.cursors.get(log) ?? new Map<number, Cursor>();
    return this.how.bus ? this.how.bus.reached(log, partitions) : (partitions.get(0)?.position ?? 0);
  }

  /** Whoever waits looks again. */
  wake(): void {
    for (const look of this.waiting) if (look()) this.waiting.delete(look);
  }

  /** Resolves when everything of a log up to a position has been seen, or when the signal aborts; says whether it has. */
  async until(log: string, position: number, signal?: AbortSignal): Promise<boolean> {
    const seen = () => this.reached(log) >= position;
    if (seen() || signal?.aborted) return seen();
    const waited = Promise.withResolvers<void>();
    const look = () => {
      if (!seen()) return false;
      waited.resolve();
      return true;
    };
    this.waiting.add(look);
    signal?.addEventListener('abort', () => waited.resolve(), { once: true });
    void this.lookElsewhere();
    await waited.promise;
    this.waiting.delete(look);
    return seen();
  }

  private async lookElsewhere(): Promise<void> {
    const { elsewhere } = this.how;
    if (!elsewhere || this.looking) return;
    this.looking = true;
    while (this.waiting.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, LOOK));
      if (this.waiting.size === 0) break;
      // Where the read models cannot be asked now, whoever waits goes on waiting.
      const found = await elsewhere().catch((): Cursors => new Map());
      for (const [log, partitions] of found) for (const [partition, cursor] of partitions) this.note(log, partition, cursor);
    }
    this.looking = false;
  }
}

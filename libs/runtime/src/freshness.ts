import { context, type Position } from './context.ts';
import type { Applied } from './applied.ts';
import { unavailable } from './problem.ts';
import { Progress, type ProgressOptions } from './progress.ts';

const PATIENCE = 2_000;

/** Knows how far the views have come, and lets a reader wait for what it has written. A position is one of the whole log: all its partitions are waited for. */
export class Freshness {
  private readonly progress: Progress;
  private readonly listeners = new Set<(applied: Applied) => void>();

  /** @param logs what the views follow: for others there is nothing to wait for */
  constructor(
    private readonly logs: readonly string[],
    how: ProgressOptions = {},
  ) {
    this.progress = new Progress(how);
  }

  /** Told of every batch that was applied, from whichever thread. */
  applied(applied: Applied): void {
    const { log, partition, changes: _, ...cursor } = applied;
    this.progress.note(log, partition, cursor);
    for (const listener of this.listeners) listener(applied);
  }

  /** Told that the bus may know more than before. */
  wake(): void {
    this.progress.wake();
  }

  /** Calls back for every batch applied; gives back what stops it. */
  onApplied(listener: (applied: Applied) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The position up to which the views have seen a log. */
  position(log: string): number {
    return this.progress.reached(log);
  }

  /** Waits until the views have seen the request's `Rapport-After`. @throws Problem 503 `not-caught-up` after two seconds */
  async wait(after = context().after): Promise<void> {
    if (!after || !this.logs.includes(after.log) || this.position(after.log) >= after.position) return;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    const seen = await this.progress.until(after.log, after.position, patience.signal);
    clearTimeout(timer);
    if (!seen) throw unavailable('not-caught-up', 'The views have not yet seen what Rapport-After names; ask again.');
  }

  /** Waits until the views have seen this position, however long it takes: for work that nobody waits for at the other end of a request. */
  async until({ log, position }: Position): Promise<void> {
    if (this.logs.includes(log)) await this.progress.until(log, position);
  }
}

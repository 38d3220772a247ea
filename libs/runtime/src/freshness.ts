import { context, type Position } from './context.ts';
import type { Applied } from './lane.ts';
import { unavailable } from './problem.ts';

const PATIENCE = 2_000;

/** Knows how far the views have come, and lets a reader wait for what it has written. */
export class Freshness {
  private readonly reached = new Map<string, number>();
  private waiting: { key: string; position: number; wake: () => void }[] = [];
  private readonly listeners = new Set<(applied: Applied) => void>();

  /** @param logs what the views follow: for others there is nothing to wait for */
  constructor(private readonly logs: readonly string[]) {}

  /** Told of every batch that was applied, from whichever thread. */
  applied(applied: Applied): void {
    const key = `${applied.log}:${applied.partition}`;
    const reached = Math.max(this.reached.get(key) ?? 0, applied.position);
    this.reached.set(key, reached);
    const [woken, waiting] = [
      this.waiting.filter((one) => one.key === key && one.position <= reached),
      this.waiting.filter((one) => one.key !== key || one.position > reached),
    ];
    this.waiting = waiting;
    for (const one of woken) one.wake();
    for (const listener of this.listeners) listener(applied);
  }

  /** Calls back for every batch applied; gives back what stops it. */
  onApplied(listener: (applied: Applied) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  position(log: string, partition = 0): number {
    return this.reached.get(`${log}:${partition}`) ?? 0;
  }

  /** Waits until the views have seen the request's `Rapport-After`. @throws Problem 503 `not-caught-up` after two seconds */
  async wait(after = context().after): Promise<void> {
    if (!after || !this.logs.includes(after.log)) return;
    if (this.position(after.log, after.partition) >= after.position) return;
    await new Promise<void>((resolve, reject) => {
      const entry = this.awaiting(after, () => {
        clearTimeout(timer);
        resolve();
      });
      const timer = setTimeout(() => {
        this.waiting = this.waiting.filter((one) => one !== entry);
        reject(unavailable('not-caught-up', 'The views have not yet seen what Rapport-After names; ask again.'));
      }, PATIENCE);
    });
  }

  /** Waits until the views have seen this position, however long it takes: for work that nobody waits for at the other end of a request. */
  async until(position: Position): Promise<void> {
    if (!this.logs.includes(position.log) || this.position(position.log, position.partition) >= position.position) return;
    await new Promise<void>((resolve) => this.awaiting(position, resolve));
  }

  private awaiting({ log, partition, position }: Position, wake: () => void): { key: string; position: number; wake: () => void } {
    const entry = { key: `${log}:${partition}`, position, wake };
    this.waiting.push(entry);
    return entry;
  }
}

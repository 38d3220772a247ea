import type { BusBatch } from '#engines/event-bus';
import type { Applied } from './applied.ts';
import { placeOf } from './lane-cursors.ts';

type Waiting = { batch: BusBatch; resolve: (applied: Applied) => void; reject: (error: unknown) => void };

/** Most events of several batches that are taken together. */
const TOGETHER = 2_000;

/**
 * Batches of several partitions that wait at the same time are applied as one: on an engine of its own each takes some round trips, whether of one event
 * or of a thousand. Where that fails, each is applied by itself, so that none waits for another that cannot be.
 */
export class Gathering {
  private waiting: Waiting[] = [];

  constructor(
    private readonly apply: (batches: BusBatch[]) => Promise<Applied[]>,
    private readonly inTurn: (work: () => Promise<void>) => Promise<void>,
  ) {}

  add(batch: BusBatch): Promise<Applied> {
    const { promise, ...settle } = Promise.withResolvers<Applied>();
    this.waiting.push({ batch, ...settle });
    this.next();
    return promise;
  }

  private next(): void {
    void this.inTurn(() => this.turn());
  }

  /** Applies what goes together of what waits; nothing where an earlier turn has taken it along. */
  private async turn(): Promise<void> {
    const some = this.take();
    if (some.length === 0) return;
    try {
      const applied = await this.apply(some.map(({ batch }) => batch));
      for (const [at, { resolve }] of some.entries()) resolve(applied[at]!);
    } catch (error) {
      if (some.length === 1) return some[0]!.reject(error);
      for (const { batch, resolve, reject } of some) await this.apply([batch]).then(([applied]) => resolve(applied!), reject);
    }
  }

  private take(): Waiting[] {
    let events = 0;
    const places = new Set<string>();
    const some = this.waiting.filter(({ batch }) => {
      const place = placeOf(batch);
      if (places.has(place) || (places.size > 0 && events + batch.events.length > TOGETHER)) return false;
      places.add(place);
      events += batch.events.length;
      return true;
    });
    this.waiting = this.waiting.filter((one) => !some.includes(one));
    if (this.waiting.length > 0) this.next();
    return some;
  }
}

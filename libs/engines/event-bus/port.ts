import type { StoredEvent } from '#model';

/**
 * How services hear of each other: durable, ordered per stream, at least once, in whole batches. Every projection hears of everything over
 * the bus, its own service's events included.
 */
export interface EventBus {
  /**
   * Starts a consumer of all events of the named logs.
   *
   * @param from where to start, per log and partition; what is not named starts at the first event
   * @param onBatch applies one batch of one partition; the next batch of that partition is not given before it has ended. A rejection is
   *   retried with back-off for ever.
   * @param kinds per log, the kinds of records its consumer wants; other logs whole. Of what is not wanted a bus may give nothing but how far it has come:
   *   a batch without events
   * @param onLevel called when a partition has been applied up to its present end (again after every time it fell behind)
   */
  consume(options: {
    group: string;
    logs: string[];
    kinds?: Readonly<Record<string, readonly string[]>>;
    from: (log: string, partition: number) => Promise<number>;
    onBatch: (batch: BusBatch) => Promise<void>;
    onLevel?: (log: string, partition: number, position: number) => void;
    batch?: number;
  }): Promise<Consumer>;
  close(): Promise<void>;
}

/** `last`: the position to continue after once this batch is applied. */
export type BusBatch = { log: string; partition: number; events: StoredEvent[]; last: number };

export interface Consumer {
  /** Per log: how many positions are not yet applied (0 = level). */
  lag(): Promise<Record<string, number>>;
  /** Ends after the batch under way. */
  stop(): Promise<void>;
}

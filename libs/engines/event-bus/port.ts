import type { StoredEvent } from '#model';

/**
 * How services hear of each other: durable, ordered per stream, at least once, in whole batches. Every projection hears of everything over
 * the bus, its own service's events included. A log reaches its consumers in partitions; a stream stays in one of them.
 */
export interface EventBus {
  /**
   * Starts a consumer of all events of the named logs. Consumers of one group share the partitions among them.
   *
   * @param from where to start, per log and partition; undefined: at the first event. Asked again whenever the partition comes (back) to this consumer
   * @param onBatch applies one batch of one partition; the next batch of that partition is not given before it has ended. A rejection is
   *   retried with back-off for ever.
   * @param kinds per log, the kinds of records its consumer wants; other logs whole. Of what is not wanted a bus may give nothing but how far it has
   *   come: a batch without events
   * @param onLevel called when a partition has been applied up to its present end (again after every time it fell behind)
   */
  consume(options: {
    group: string;
    logs: string[];
    kinds?: Readonly<Record<string, readonly string[]>>;
    from: (log: string, partition: number) => Promise<Cursor | undefined>;
    onBatch: (batch: BusBatch) => Promise<void>;
    onLevel?: (log: string, partition: number, cursor: Cursor) => void;
    batch?: number;
  }): Promise<Consumer>;

  /** The position of a log up to which everything can have reached a consumer by now. */
  head(log: string): Promise<number>;

  /**
   * The position of a log up to which a consumer has been given everything, from how far it has come in each partition: a partition in which
   * nothing happens holds up nobody.
   */
  reached(log: string, cursors: ReadonlyMap<number, Cursor>): number;

  /** Calls back when `reached` may say more although no batch was given; gives back the function that stops it. */
  onReached(listener: (log: string) => void): () => void;

  /** Ends every consumer. */
  close(): Promise<void>;
}

/** How far a consumer has come in one partition of a log. */
export type Cursor = {
  /** In the log: every event of the partition up to it has been given. */
  position: number;
  /** Where the bus goes on, where it counts by itself; absent where the position says it. */
  offset?: number;
  /** Which making of the partition the offset counts in. A bus begins again at the first event where it is another than this. */
  generation?: number;
};

/**
 * `cursor`: where to continue once this batch is applied. There may be no events in it, where those of a partition are none of this consumer's
 * business. An event of the type `UNREADABLE` stands where something is that is no event of ours.
 */
export type BusBatch = { log: string; partition: number; events: StoredEvent[]; cursor: Cursor };

/** What cannot be read as an event: of revision 0, of the stream its key names, its bytes in `data`. It is to be kept and shown to people. */
export const UNREADABLE = 'unreadable';

export interface Consumer {
  /** Per log: how much is not yet applied of what this consumer can know of (0 = level). */
  lag(): Promise<Record<string, number>>;
  /** Ends after the batch under way. */
  stop(): Promise<void>;
}

/**
 * A log's way out to the other services, where they cannot follow the log itself. It promises *at least once, first occurrences in order per
 * stream*, as long as whoever sends begins at the cursor that was kept, sends one batch after the other, and moves the cursor when all is sent.
 */
export interface Outlet {
  /**
   * Makes what is missing, and compares what is there with what is remembered of it.
   *
   * @param remembered undefined: nothing, because nothing was ever sent or because the memory is lost
   * @returns where to go on: after what is remembered, or from position 0 in a new generation where all that was sent is gone
   * @throws OutletRefused when going on would lose something or have it lost later
   */
  prepare(remembered: Published | undefined): Promise<Published>;

  /** Sends events of the log, in order. Resolves when all of them are there to stay. @returns where that leaves us */
  send(events: StoredEvent[], from: Published): Promise<Published>;

  /** Lets consumers know how far everything has been sent. */
  announce(published: Published): Promise<void>;

  /** Throws away all that was sent, so that the next `prepare` begins a new generation. */
  discard(): Promise<void>;

  close(): Promise<void>;
}

/** How far a log has been sent: everything up to `position` lies before `ends`, partition by partition, in this generation. */
export type Published = { generation: number; position: number; ends: number[] };

/** Somebody must do something first; the message says what. */
export class OutletRefused extends Error {
  override readonly name = 'OutletRefused';
}

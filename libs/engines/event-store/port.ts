import type { StoredEvent, StreamName } from '#model';

/**
 * The log of one service. A stream's revisions are 1, 2, 3 … without a gap; positions of a log rise with the order of appending and may
 * have gaps, but become visible in order: whoever has read position n will never meet a lower one later.
 */
export interface EventStore {
  /** The service whose log this is. */
  readonly log: string;

  /**
   * Appends to several streams at once, durably, all or nothing. Appends that arrive together share one durable write, and a conflict fails
   * only its own.
   *
   * @throws WrongRevision when a stream's last revision is not the expected one; nothing of this append is written.
   * @throws TooLarge when an event exceeds 512 KiB or the append 900 KiB.
   * @throws StoreUnavailable when the disk is full, the file locked or the engine away; nothing of this append is visible, now or later, unless the
   *   error says `inDoubt`.
   */
  append(appends: StreamAppend[], how?: { lane?: 'interactive' | 'bulk' }): Promise<Appended>;

  /**
   * The events of one stream in revision order. Checks contiguity and hashes.
   *
   * @throws DamagedLog when an event is missing, altered or out of order.
   */
  read(tenant: string, stream: StreamName, from?: number): Promise<StoredEvent[]>;

  /** Several streams, whole, in one call: the order of the answer is the order asked. */
  readMany(streams: { tenant: string; stream: StreamName; from?: number }[]): Promise<StoredEvent[][]>;

  /**
   * At most `limit` events of the log after a position, in position order. Without `tenant` and `types` fewer may come where they are large; none
   * come only at the end. `kinds`: events of streams of other kinds are not wanted, and may be left out.
   *
   * @throws DamagedLog as `read` does: what was altered is given to nobody
   */
  readLog(after: number, limit: number, how?: { tenant?: string; types?: string[]; kinds?: readonly string[] }): Promise<StoredEvent[]>;

  /** Events by position (the journal keeps positions); those past the end are left out. @throws DamagedLog */
  readAt(positions: number[]): Promise<StoredEvent[]>;

  /** The position of the last event, 0 when the log is empty. */
  head(): Promise<number>;

  /**
   * Follows the log from a position, in whole batches of at most `batch` events (default 500), first what is stored, then what comes. When
   * there is no more for now it yields `caughtUp` once, in its place between the batches, and again after every time it fell behind. Ends when `signal` aborts.
   */
  subscribe(after: number, how: { signal: AbortSignal; batch?: number }): AsyncIterable<LogBatch>;

  /** Calls back after every durable append with the log's new head; gives back the function that stops it. */
  onAppended(listener: (head: number) => void): () => void;

  /**
   * Reads the whole log: order, gaps in revisions, hashes. Gives a finding per fault, none when the log is whole.
   *
   * @param onProgress hears how many events have been checked
   */
  verify(onProgress?: (checked: number) => void): Promise<LogFinding[]>;

  /** Ends what runs and closes the files. */
  close(): Promise<void>;
}

/** At least one event, in the order in which they follow on what is there. */
export type StreamAppend = {
  tenant: string;
  stream: StreamName;
  /** The stream's last revision the caller has seen; 0: the stream must not exist. */
  expected: number;
  /** Complete but for their position; revisions expected + 1, expected + 2 … */
  events: Omit<StoredEvent, 'position'>[];
};

/** `position`: of the last event written. `positions`: of each event, in the order of appends and their events. */
export type Appended = { position: number; positions: number[] };

export type LogBatch = { events: StoredEvent[]; caughtUp?: false } | { caughtUp: true; position: number };

export type LogFinding = {
  tenant: string;
  stream: StreamName;
  revision: number;
  position: number;
  fault: 'gap' | 'hash' | 'order' | 'unreadable';
  detail: string;
};

export class WrongRevision extends Error {
  override readonly name = 'WrongRevision';
  readonly tenant: string;
  readonly stream: StreamName;
  readonly expected: number;
  readonly actual: number;
  constructor(tenant: string, stream: StreamName, expected: number, actual: number) {
    super(`stream ${stream}: expected revision ${expected}, found ${actual}`);
    this.tenant = tenant;
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  readonly bytes: number;
  readonly limit: number;
  constructor(bytes: number, limit: number) {
    super(`${bytes} bytes exceed the limit of ${limit}`);
    this.bytes = bytes;
    this.limit = limit;
  }
}

/** The engine cannot take or give anything now; trying again later may succeed. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /**
   * An engine across a network took an append and its answer was lost for longer than one waits: whether it is written is not known. Sent again under
   * the same expected revisions it is written at most once, and whoever meets WrongRevision finds it by its commandId.
   */
  readonly inDoubt: boolean;
  constructor(message: string, options?: ErrorOptions & { inDoubt?: boolean }) {
    super(message, options);
    this.inDoubt = options?.inDoubt ?? false;
  }
}

/** What was read is not what was written. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
  readonly finding: LogFinding;
  constructor(finding: LogFinding) {
    super(`log damaged at ${finding.stream} revision ${finding.revision}: ${finding.fault}`);
    this.finding = finding;
  }
}

/** Bytes of an event's body, and of all events of an append: what the log takes, Kafka must take. */
export const EVENT_LIMIT = 512 * 1024;
export const APPEND_LIMIT = 900 * 1024;

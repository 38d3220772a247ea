import type { Cursor } from '#engines/event-bus';

/**
 * Spans: what was true of a record, as rectangles of valid time and known time, in tables that SQL is asked of. A store for analysis, a file per
 * replica, which can be rebuilt from the logs at any time.
 */
export interface SpanStore {
  /**
   * Makes the tables that are missing. One that is there with other columns or of another version is made anew, and every log is followed again from
   * its first event.
   */
  declare(tables: SpanTable[]): Promise<void>;

  /**
   * Replaces all spans of the named records, and moves the cursor of a log's partition, all or nothing. Doing it again changes nothing.
   */
  replace(changes: SpanChanges[], cursor: Cursor & { log: string; partition: number }): Promise<void>;

  /** How far a partition of a log has been followed; undefined at first. */
  cursor(log: string, partition: number): Promise<Cursor | undefined>;

  /** Rows of a read-only statement; values are bound by place. Whole numbers beyond 2^53 come as bigint. */
  ask(sql: string, values: SpanValue[]): Promise<Record<string, unknown>[]>;

  close(): Promise<void>;
}

export type SpanType = 'text' | 'whole' | 'day' | 'flag' | 'texts' | 'wholes';
/** `version` counts how values come about: raised whenever the same events give others. */
export type SpanTable = { name: string; version: number; columns: Record<string, SpanType> };
export type SpanValue = string | number | bigint | boolean | null;

/** From (inclusive) until (exclusive), RFC 3339 in UTC; `FOREVER` where there is no end. */
export type Span = {
  tenant: string;
  id: string;
  validFrom: string;
  validTo: string;
  knownFrom: string;
  knownTo: string;
  values: Record<string, SpanValue | string[] | bigint[]>;
};
export const FOREVER = '9999';
/** All spans of the named records as they are now. */
export type SpanChanges = { table: string; records: { tenant: string; id: string }[]; spans: Span[] };

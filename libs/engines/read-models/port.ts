/**
 * Documents in collections: rows, summaries, journals, cursors, to-dos, parked events alike. A collection belongs to one service; the tenant
 * is part of every key and of every query. No transactions are needed: a save is guarded per document; where there are some, they save work.
 */
export interface ReadModels {
  /** Makes the collections that are missing, with their indexes, also while others work. Idempotent; an index added later is filled. */
  declare(collections: CollectionSpec[]): Promise<void>;

  /** In the order asked; undefined where there is none. */
  load(collection: string, keys: Key[]): Promise<(Stored | undefined)[]>;

  /**
   * Saves many documents, each under the document version it was loaded with (0: must not exist). In one call the writes are made in the order
   * given, and durable together where the engine can.
   *
   * @returns the writes that lost because another version was there; all others are saved.
   */
  save(writes: Write[]): Promise<Write[]>;

  /**
   * Runs work whose saves are there together or not at all, however deep in it they are called: nobody else sees some of them, and a crash or an error of
   * the work leaves none. Others' saves wait meanwhile. Engines without transactions lack it; whoever uses it must do without, too.
   */
  together?<T>(work: () => Promise<T>): Promise<T>;

  /** A page: at most `limit` (≤ 1,000) documents in sort order then by id. */
  query(query: Query): Promise<Page>;

  /** How many documents match, counted up to `upTo` (default 10,000; more is said as `more: true`). */
  count(query: Pick<Query, 'collection' | 'tenant' | 'where' | 'search'>, upTo?: number): Promise<{ count: number; more: boolean }>;

  /** Count and sums per group of values of an indexed field; at most 1,000 groups. Sums are exact integers, given as strings. */
  group(query: Pick<Query, 'collection' | 'tenant' | 'where' | 'search'> & { by: string[]; sum?: string[] }): Promise<Group[]>;

  /** Every document of a collection in key order, in pages; `tenant` undefined: of all tenants. For rebuilds, sweeps and comparisons. */
  scan(collection: string, options: { tenant?: string; after?: Key; limit: number }): Promise<Stored[]>;

  /** Removes all documents of a collection, or of one tenant in it. */
  clear(collection: string, tenant?: string): Promise<void>;

  /** Drops a collection with its indexes; nothing when it is not there. */
  drop(collection: string): Promise<void>;

  /** The names of all collections there are. */
  collections(): Promise<string[]>;

  /**
   * Makes what was deleted or overwritten unrecoverable in the engine's files, as far as the engine can.
   *
   * @returns what that comes to, as the certificate of an erasure says it
   */
  scrub(): Promise<string>;

  close(): Promise<void>;
}

/**
 * `name`: for example `sales.pipeline-board@1`. `indexes`: each a list of field paths (`value.currency`); a field whose value is an array has
 * an index entry per element and must stand alone. Only indexed fields can be filtered, sorted and grouped. `words`: field paths whose text is
 * found by `search`, besides what a write gives in `words`. `narrow`: a field is only asked
 * for along with those before it in a declared index, never for its absence, and sorted by where that index gives the order, so that an engine need keep no
 * further ones and no entry for what lacks its first field. `sums`: numeric fields (integers, or decimal strings of integers) that `group` may add up.
 */
export type CollectionSpec = { name: string; indexes: string[][]; words?: string[]; sums?: string[]; narrow?: boolean };

export type Key = { tenant: string; id: string };

/** `version`: of the document, for the guard. `revision`: of the stream it was folded from (0 where there is none). */
export type Stored<Doc = Record<string, unknown>> = Key & { version: number; revision: number; doc: Doc };

/** `doc` null deletes. `words`: further text to be found by `search`. */
export type Write<Doc = Record<string, unknown>> = Key & {
  collection: string;
  expected: number;
  revision: number;
  doc: Doc | null;
  words?: string[];
};

export type Scalar = string | number | boolean | null;

/**
 * `eq` null matches absent. `has`: an element of an array field. Text is compared exactly by eq, in, has; by its folded key (case and accents
 * ignored) by lt, lte, gt, gte, prefix.
 */
export type Where =
  | { and: Where[] }
  | { or: Where[] }
  | { not: Where }
  | { field: string; op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'has' | 'prefix'; value: Scalar }
  | { field: string; op: 'in' | 'hasAny'; value: Scalar[] };

/** `search`: text; every word of it must begin a word of the document. `after`: a former page's `next`. Absent values sort last, up and down. */
export type Query = {
  collection: string;
  tenant: string;
  where?: Where;
  search?: string;
  sort?: { field: string; desc?: boolean }[];
  limit: number;
  after?: string;
};

/** `next`: opaque, absent on the last page. */
export type Page = { items: Stored[]; next?: string };

export type Group = { by: Scalar[]; count: number; sums: Record<string, string> };

/** A query that cannot be answered as asked: a field without an index, a malformed cursor. The caller's fault (400). */
export class BadQuery extends Error {
  override readonly name = 'BadQuery';
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** The engine cannot take or give anything now: disk full, file locked, damaged, away or not there yet. Nothing of the document in question was half done. */
export class ModelsUnavailable extends Error {
  override readonly name = 'ModelsUnavailable';
  /** Whether the engine holds something else than was written to it. */
  readonly damaged: boolean;
  constructor(message: string, { damaged = false, ...options }: ErrorOptions & { damaged?: boolean } = {}) {
    super(message, options);
    this.damaged = damaged;
  }
}

/** A document that the engine has no room for; it will not fit the next time either. */
export class DocumentTooLarge extends Error {
  override readonly name = 'DocumentTooLarge';
  readonly bytes: number;
  readonly limit: number;
  constructor(collection: string, id: string, bytes: number, limit: number) {
    super(`the document ${id} of ${collection} has ${bytes} bytes, and this engine takes ${limit}: keep lists as rows of their own`);
    this.bytes = bytes;
    this.limit = limit;
  }
}

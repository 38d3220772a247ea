import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { countEvents, type EncodedAppend } from '../encoded.ts';
import { groupCommit, type Lane, type Outcome } from '../group-commit.ts';
import { StoreUnavailable, WrongRevision, type Appended } from '../port.ts';
import { isFsyncFailure, unavailable } from './faults.ts';
import { openForWriting, type SqliteOptions } from './schema.ts';

/** The appending half of a log: a file's one writer, or a client of the thread that has it. */
export interface LogWriter {
  /** @throws WrongRevision, StoreUnavailable; see the port */
  append(appends: EncodedAppend[], lane: Lane): Promise<Appended>;
  onAppended(listener: (head: number) => void): () => void;
  /** Waits for the appends under way. */
  close(): Promise<void>;
}

export type WriterOptions = SqliteOptions & {
  /** Called, after every waiting append has failed, when an fsync failed: nothing more may be written by this process. Default: ends it. */
  onFatal?: (error: unknown) => void;
};

/** Events of a commit: its transaction takes about 5 ms at this size. */
const MOST_EVENTS = 512;

/**
 * Opens the file's one writer; makes the file when there is none.
 *
 * @throws StoreUnavailable when the file cannot be opened or is damaged
 */
export function openSqliteWriter(file: string, options: WriterOptions = {}): LogWriter {
  const listeners = new Set<(head: number) => void>();
  let session: Session | undefined = openSession(file, options);
  let ended: unknown; // why nothing is taken any more

  function commit(batch: EncodedAppend[][]): Outcome<Appended>[] {
    if (ended) throw ended;
    try {
      session ??= openSession(file, options);
      const { outcomes, head, written } = session.write(batch);
      if (written) for (const listener of listeners) listener(head);
      return outcomes;
    } catch (error) {
      if (session && !session.undo()) session = undefined; // a connection that cannot even roll back is not used again
      const failure = unavailable(error);
      if (isFsyncFailure(error)) {
        ended = failure;
        setImmediate(() => (options.onFatal ?? endProcess)(error));
      }
      throw failure;
    }
  }

  const group = groupCommit<EncodedAppend[], Appended>({ commit, sizeOf: countEvents, most: MOST_EVENTS });
  return {
    append: (appends, lane) => group.add(appends, lane),
    onAppended(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      await group.idle();
      session?.close();
      session = undefined;
      ended ??= new StoreUnavailable('the log is closed');
    },
  };
}

type Session = {
  write(batch: EncodedAppend[][]): { outcomes: Outcome<Appended>[]; head: number; written: boolean };
  /** Ends a failed transaction; false when the connection had to be closed. */
  undo(): boolean;
  close(): void;
};

function openSession(file: string, options: WriterOptions): Session {
  try {
    const db = openForWriting(file, options);
    const statements = prepare(db);
    return { write: (batch) => write(statements, batch), undo: () => undo(db), close: () => db.close() };
  } catch (error) {
    throw unavailable(error);
  }
}

type Statements = Record<'begin' | 'commit' | 'head' | 'revision' | 'insert', StatementSync>;

function prepare(db: DatabaseSync): Statements {
  return {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    head: db.prepare('SELECT coalesce(max(position), 0) AS head FROM events'),
    revision: db.prepare('SELECT coalesce(max(revision), 0) AS revision FROM events WHERE tenant = ? AND stream = ?'),
    insert: db.prepare('INSERT INTO events (position, tenant, stream, revision, type, recorded_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)'),
  };
}

/** One transaction for the whole batch. Every append checks its streams before it writes anything, so a conflict needs no undoing. */
function write(statements: Statements, batch: EncodedAppend[][]) {
  statements.begin.run();
  const before = Number(statements.head.get()!['head']);
  let head = before;
  const outcomes = batch.map((appends): Outcome<Appended> => {
    const conflict = conflictOf(statements, appends);
    if (conflict) return { error: conflict };
    const positions: number[] = [];
    for (const { tenant, stream, expected, types, recordedAt, bodies } of appends) {
      for (let i = 0; i < bodies.length; i++) {
        statements.insert.run(++head, tenant, stream, expected + 1 + i, types[i]!, recordedAt[i]!, bodies[i]!);
        positions.push(head);
      }
    }
    return { value: { position: head, positions } };
  });
  statements.commit.run();
  return { outcomes, head, written: head > before };
}

function conflictOf(statements: Statements, appends: EncodedAppend[]): WrongRevision | undefined {
  const own = new Map<string, number>(); // one append may name a stream twice
  for (const { tenant, stream, expected, bodies } of appends) {
    const key = `${tenant}\n${stream}`;
    const actual = own.get(key) ?? Number(statements.revision.get(tenant, stream)!['revision']);
    if (actual !== expected) return new WrongRevision(tenant, stream, expected, actual);
    own.set(key, expected + bodies.length);
  }
  return undefined;
}

function undo(db: DatabaseSync): boolean {
  try {
    if (db.isTransaction) db.exec('ROLLBACK');
    return true;
  } catch {
    db.close(); // closing rolls back as well; the next commit opens the file anew
    return false;
  }
}

function endProcess(error: unknown) {
  process.stderr.write(`The log could not be made durable (${String(error)}); this process ends.\n`);
  process.exit(1);
}

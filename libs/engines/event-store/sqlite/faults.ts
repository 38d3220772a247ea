import { DamagedLog, StoreUnavailable } from '../port.ts';

/** What SQLite reports, by https://sqlite.org/rescode.html: the low byte is the kind, the whole number says more. */
const CORRUPT = 11;
const NOT_A_DATABASE = 26;
const IO_ERROR = 10;
/** Not SQLite's: the connection was closed while somebody still read. */
const CLOSED = 0;
const FSYNC_FAILED = new Set([IO_ERROR | (4 << 8), IO_ERROR | (5 << 8)]);
const SENTENCES: Record<number, string> = {
  [CLOSED]: 'the log is closed',
  5: 'another program holds the lock of the log file',
  6: 'another program holds the lock of the log file',
  8: 'the log file cannot be written: it or its folder is read-only',
  [IO_ERROR]: 'the disk failed while the log was used',
  [CORRUPT]: 'the log file is damaged',
  13: 'the disk is full',
  14: 'the log file cannot be opened',
  [NOT_A_DATABASE]: 'the log file is damaged: it is not a database',
};

/** By shape, not by class: an error may come from another realm. */
function codeOf(error: unknown): number | undefined {
  const { errcode, code } = (error ?? {}) as { errcode?: unknown; code?: unknown };
  if (typeof errcode === 'number') return errcode;
  return code === 'ERR_INVALID_STATE' ? CLOSED : undefined;
}

/** Whether somebody else holds a lock. */
export const isLocked = (error: unknown) => [5, 6].includes((codeOf(error) ?? 0) & 0xff);

/** Whether the file holds something else than was written to it. */
export const isDamage = (error: unknown) => [CORRUPT, NOT_A_DATABASE].includes((codeOf(error) ?? 0) & 0xff);

/**
 * Whether an fsync failed. The system may have dropped the pages it could not write, so neither trying again nor reading them back says what
 * is on the disk: only a new process, which reads the file afresh, knows.
 */
export const isFsyncFailure = (error: unknown) => FSYNC_FAILED.has(codeOf(error) ?? 0);

/** An error of SQLite as the port names it; any other error comes back as it is. */
export function unavailable(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  return new StoreUnavailable(SENTENCES[code & 0xff] ?? `SQLite: ${(error as Error).message}`, { cause: error });
}

/** Runs a read and names its errors as the port does; damage is reported at the place that was read. */
export function reading<T>(place: { tenant?: string; stream?: string; revision?: number; position?: number }, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isDamage(error)) throw unavailable(error);
    const { tenant = '', stream = '', revision = 0, position = 0 } = place;
    throw new DamagedLog({ tenant, stream, revision, position, fault: 'unreadable', detail: (error as Error).message });
  }
}

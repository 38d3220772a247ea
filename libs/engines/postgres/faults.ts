/**
 * What went wrong, as far as a caller must tell it apart:
 * `unreachable`: no connection could be had, nothing was sent; `lost`: something was sent and its answer never came, so it may have taken effect;
 * `refused`: the server said no, and nothing took effect; `damaged`: refused because what is on its disk is not what was written.
 */
export type FaultKind = 'unreachable' | 'lost' | 'refused' | 'damaged';

/** Whatever PostgreSQL or the way to it did wrong. The message is a sentence without values; the driver's own error is the cause. */
export class PostgresFault extends Error {
  override readonly name = 'PostgresFault';
  readonly kind: FaultKind;
  /** SQLSTATE, when the server spoke. */
  readonly code: string | undefined;
  constructor(kind: FaultKind, message: string, code?: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
    this.code = code;
  }
}

/** Raised by our own functions: settings under which an acknowledged write could be lost; a call that was given up before it arrived. */
export const NOT_DURABLE = 'RP001';
export const GIVEN_UP = 'RP002';

/** By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SENTENCES: Record<string, string> = {
  '25006': 'this PostgreSQL is read-only: a standby, or set so',
  '28000': 'PostgreSQL refused the user',
  '28P01': 'PostgreSQL refused the password',
  '3D000': 'PostgreSQL has no such database',
  '42501': 'the user lacks a right in PostgreSQL',
  '53100': 'the disk of PostgreSQL is full',
  '53200': 'PostgreSQL is out of memory',
  '53300': 'PostgreSQL takes no more connections',
  '55P03': 'another session holds a lock in PostgreSQL for too long',
  '57014': 'PostgreSQL took too long',
  '57P01': 'PostgreSQL ended the session',
  '57P02': 'PostgreSQL ended the session',
  '57P03': 'PostgreSQL is starting or stopping',
  XX001: 'a page of PostgreSQL is damaged',
  XX002: 'an index of PostgreSQL is damaged',
  [NOT_DURABLE]: 'PostgreSQL would lose what it acknowledges: fsync and synchronous_commit must be on, isolation read committed',
};
const DAMAGED = new Set(['XX001', 'XX002']);
/** The server ends the session: classes 08 and 57P. Whether the statement before took effect is not said. */
const ENDS_SESSION = /^(08|57P)/;
/** Another server would take it: the session is not used again. */
const WRONG_SERVER = '25006';
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** By shape, not by class: an error may come from another realm. Node's own codes (`EPIPE`) are told from SQLSTATEs by what else the server says. */
function sqlState(error: unknown): string | undefined {
  const { code, severity } = (error ?? {}) as { code?: unknown; severity?: unknown };
  return typeof code === 'string' && typeof severity === 'string' && SQLSTATE.test(code) ? code : undefined;
}

/** An error of the driver after a statement was sent. */
export function faultOf(error: unknown): PostgresFault {
  if (error instanceof PostgresFault) return error;
  const code = sqlState(error);
  if (code === undefined) return new PostgresFault('lost', 'the connection to PostgreSQL was lost', undefined, error);
  const kind = ENDS_SESSION.test(code) ? 'lost' : DAMAGED.has(code) ? 'damaged' : 'refused';
  return new PostgresFault(kind, SENTENCES[code] ?? `PostgreSQL answered with error ${code}`, code, error);
}

/** An error of the driver before anything was sent. */
export function unreachable(error: unknown): PostgresFault {
  const code = sqlState(error);
  const { code: why } = (error ?? {}) as { code?: unknown };
  const sentence = (code && SENTENCES[code]) ?? `PostgreSQL cannot be reached${typeof why === 'string' ? ` (${why})` : ''}`;
  return new PostgresFault('unreachable', sentence, code, error);
}

/** Whether the session must not be used for anything else. */
export const endsSession = ({ kind, code }: PostgresFault) => kind === 'lost' || code === WRONG_SERVER;

import { AsyncLocalStorage } from 'node:async_hooks';

/** How far a permission reaches: every record of the tenant, or those owned by the listed users. */
export type Reach = { all: true } | { all: false; owners: readonly string[] };

/** What the caller may do: made per request from roles, teams and scopes; a change of role reaches it within 60 s. */
export interface Permissions {
  /**
   * @param action `read`, or a command's ability: `create`, `change`, `remove`, `merge`, `erase`, `import`, `export`, `undo`, `events.read`, `manage` …
   * @param kind `sales.opportunity`, or a service (`sales`) for what belongs to no kind
   * @returns undefined when never; otherwise how far
   */
  may(action: string, kind: string): Reach | undefined;
  /** Which role or rule refused; for the 403's text. */
  why(action: string, kind: string): string;
  /** Fields of this kind that the caller must not see or set. */
  hidden(kind: string): readonly string[];
}

/** What a request brings besides its body. One hook fills it; batches and reactions fill it themselves. */
export type RequestContext = {
  tenant: string;
  actor: string;
  permissions: Permissions;
  /** What makes a retry the same command: hash of tenant, actor, route and Idempotency-Key; fresh when the caller sent none. */
  commandId: string;
  /** Whether the caller sent an Idempotency-Key; only then may a new record's id be derived from it. */
  idempotent: boolean;
  ifMatch?: number;
  occurredAt?: string;
  correlationId: string;
  causationId: string;
  traceparent: string;
  /** From `Rapport-After`: what a read must have seen. */
  after?: Position;
  /** Imports and rebuilds take at most half of a commit batch. */
  lane: 'interactive' | 'bulk';
  /** Commands decide and stop there: nothing is recorded. */
  dryRun?: boolean;
};

/** A point in a log: what `Rapport-Position` carries, as `<log>:<partition>:<position>`. */
export type Position = { log: string; partition: number; position: number };

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` in this context. */
export const inContext = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);

/** The context of the request under way. Throws when there is none: a bug, not a client's fault. */
export function context(): RequestContext {
  const current = storage.getStore();
  if (!current) throw new Error('no request context: run inside inContext()');
  return current;
}

export const formatPosition = (at: Position) => `${at.log}:${at.partition}:${at.position}`;

/** @returns undefined when malformed */
export function parsePosition(text: string): Position | undefined {
  const match = /^([a-z][a-z-]*):(\d{1,4}):(\d{1,15})$/.exec(text);
  return match ? { log: match[1]!, partition: Number(match[2]), position: Number(match[3]) } : undefined;
}

import type { MessagePort } from 'node:worker_threads';
import type { EncodedAppend } from '../encoded.ts';
import type { VaultOptions } from '../../vault/wrapping.ts';
import type { Lane } from '../group-commit.ts';
import { StoreUnavailable, TooLarge, WrongRevision } from '../port.ts';
import type { SqliteOptions } from './schema.ts';

/** What the log thread is started with; `vaultOptions` are those of the vault's file, `options` those of every log. */
export type ThreadData = { logs: Record<string, string>; options?: SqliteOptions } & (
  { vaultFile?: undefined } | { vaultFile: string; vaultOptions: VaultOptions }
);

/** From whoever started the thread. */
export type Order = { connect: MessagePort } | { close: true };

/** To whoever started the thread. */
export type Report = { ready: true } | { failed: ErrorData } | { fatal: ErrorData };

/** From a client: everything it asked within one turn of its loop. */
export type Requests = Request[];
export type Request = { id: number } & (
  { log: string; lane: Lane; appends: EncodedAppend[] } | { target: string; method: string; args: unknown[] }
);

/** To a client: what one commit or turn brought; `heads` of logs that grew, by whomever. */
export type News = { answers: Answer[]; heads: Record<string, number> };
export type Answer = { id: number } & ({ value: unknown } | { error: ErrorData });

/** An error as it crosses between threads, which keep neither its class nor its fields. */
export type ErrorData = { name: string; message: string; fields: Record<string, unknown> };

export function errorData(error: unknown): ErrorData {
  const { name = 'Error', message = String(error) } = error as Partial<Error>;
  if (error instanceof WrongRevision || error instanceof TooLarge) return { name, message, fields: { ...error } };
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return { name, message, fields: { ...(code !== undefined && { code }), ...(errcode !== undefined && { errcode }) } };
}

export function errorOf({ name, message, fields }: ErrorData): Error {
  if (name === 'WrongRevision') {
    const { tenant, stream, expected, actual } = fields as Pick<WrongRevision, 'tenant' | 'stream' | 'expected' | 'actual'>;
    return new WrongRevision(tenant, stream, expected, actual);
  }
  if (name === 'TooLarge') return new TooLarge(Number(fields['bytes']), Number(fields['limit']));
  if (name === 'StoreUnavailable') return new StoreUnavailable(message);
  return Object.assign(new Error(message), fields, { name });
}

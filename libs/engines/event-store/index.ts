import type { KurrentLogOptions } from './kurrentdb/store.ts';
import type { PostgresLogOptions, ServerLogReader } from './postgres/open.ts';

export * from './port.ts';
export { wakeUps } from './follow.ts';
export type { KurrentLogOptions } from './kurrentdb/store.ts';
export type { PostgresLogOptions, ServerLogReader } from './postgres/open.ts';
export { threadedVault } from './sqlite/client.ts';
export { FolderInUse, lockFolder } from './sqlite/folder-lock.ts';
export { openSqliteReader, type LogReader } from './sqlite/reader.ts';
export { sqliteEventStore } from './sqlite/store.ts';
export { logThread, type LogThread } from './sqlite/thread.ts';
export { openSqliteWriter, type LogWriter, type WriterOptions } from './sqlite/writer.ts';

// What a server's log needs is loaded by those that use one.
export const openPostgresLog = async (options: PostgresLogOptions) => (await import('./postgres/open.ts')).openPostgresLog(options);
export const migratePostgresLog = async (options: Pick<PostgresLogOptions, 'url' | 'log' | 'schema'>) =>
  (await import('./postgres/open.ts')).migratePostgresLog(options);
export const openKurrentLog = async (options: KurrentLogOptions) => (await import('./kurrentdb/store.ts')).openKurrentLog(options);

/**
 * A log on whichever server the address names, for reading only.
 *
 * @returns undefined where it has no such log
 * @throws StoreUnavailable
 */
export async function openServerReader(options: { url: string; log: string }): Promise<ServerLogReader | undefined> {
  if (isKurrent(options.url)) return openKurrentLog(options);
  return (await import('./postgres/open.ts')).openPostgresReader(options);
}

/** A service's log on whichever server the address names. */
export const openServerLog = (options: { url: string; log: string }) =>
  isKurrent(options.url) ? openKurrentLog(options) : openPostgresLog(options);

const isKurrent = (url: string) => /^(kurrentdb|esdb)/.test(url);

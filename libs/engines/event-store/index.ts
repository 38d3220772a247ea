export * from './port.ts';
export { wakeUps } from './follow.ts';
export { openKurrentLog, type KurrentLogOptions } from './kurrentdb/store.ts';
export { threadedVault } from './sqlite/client.ts';
export { FolderInUse, lockFolder } from './sqlite/folder-lock.ts';
export { openSqliteReader, type LogReader } from './sqlite/reader.ts';
export { sqliteEventStore } from './sqlite/store.ts';
export { logThread, type LogThread } from './sqlite/thread.ts';
export { openSqliteWriter, type LogWriter, type WriterOptions } from './sqlite/writer.ts';

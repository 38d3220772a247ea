import { openServerReader, openSqliteReader, StoreUnavailable, type ServerLogReader } from '#engines/event-store';
import { SERVICES } from '#events/services';
import { EXIT, Fault } from './fault.ts';
import type { Setting } from './setting.ts';

/** A log as commands read it, from a file or a server. */
export type Log = Omit<ServerLogReader, 'close'>;

/** The services whose logs can be read here: those of the data folder, or of the server that was named. */
export async function servicesWithLog(setting: Setting): Promise<string[]> {
  if (!setting.logs) return setting.folder().services();
  const found: string[] = [];
  for (const service of SERVICES) {
    const reader = await openServerReader({ url: setting.logs, log: service }).catch(unreachable);
    if (reader) found.push(service);
    await reader?.close();
  }
  return found;
}

/** Opens a log of `servicesWithLog` for the time of the work. */
export async function withLog<T>(setting: Setting, service: string, work: (log: Log) => Promise<T>): Promise<T> {
  const reader = setting.logs
    ? (await openServerReader({ url: setting.logs, log: service }).catch(unreachable))!
    : openSqliteReader(setting.folder().log(service));
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
}

function unreachable(error: unknown): never {
  if (!(error instanceof StoreUnavailable)) throw error;
  throw new Fault(EXIT.unreachable, `The logs cannot be read: ${error.message}.`, {
    hint: 'Is RAPPORT_LOG (--logs) right, and the server there?',
  });
}

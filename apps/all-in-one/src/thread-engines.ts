import type { MessagePort } from 'node:worker_threads';
import { embeddedBus } from '#engines/event-bus';
import { dataFolder, type DataFolder } from '#engines/data-folder';
import { DamagedLog, sqliteEventStore, threadedVault, type EventStore } from '#engines/event-store';
import type { Vault } from '#engines/vault';
import { SERVICES } from '#events/services';
import { tell } from '#service';

/** What a thread is started with: where the data is, and its own way to the thread that writes logs and vault. */
export type ThreadData = { folder: string; log: MessagePort };

/** The logs and the vault as a thread uses them: reading by connections of its own, writing through the log thread. */
export function threadEngines({ folder, log: port }: ThreadData): {
  data: DataFolder;
  logs: Record<string, EventStore>;
  vault: Vault;
  close: () => Promise<void>;
} {
  const data = dataFolder(folder);
  const logs: Record<string, EventStore> = {};
  for (const log of SERVICES) logs[log] = sqliteEventStore({ log, file: data.log(log), port });
  return {
    data,
    logs,
    vault: threadedVault(port),
    close: async () => {
      for (const store of Object.values(logs)) await store.close();
    },
  };
}

/** A bus over the logs; a batch that cannot be applied is said on standard error and tried again. `onDamage`: a log cannot be read on. */
export function threadBus(logs: Record<string, EventStore>, onDamage = () => {}) {
  return embeddedBus(logs, {
    onTrouble: (trouble: { log: string; error: unknown }) => {
      const { name, message } = trouble.error as Error;
      tell('error', 'a batch could not be applied and is tried again', { log: trouble.log, error: name, message });
      if (trouble.error instanceof DamagedLog) onDamage();
    },
  });
}

/** What is said when views turn out to be damaged while they are in use. */
export const damaged = (service: string) =>
  `The views of ${service} are damaged, so nothing more is served from them. Start again: they are built anew from the logs, which are not concerned.`;

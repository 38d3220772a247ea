import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventStoreContract, type LogUnderTest } from '../contract.ts';
import { logThread, sqliteEventStore, type EventStore } from '#engines/event-store';

/** Opens the log of a file; the function given back with it ends all that was opened. */
type Open = (file: string) => Promise<{ store: EventStore; close(): Promise<void> }>;

const inline: Open = async (file) => {
  const store = sqliteEventStore({ log: 'sales', file });
  return { store, close: () => store.close() };
};

const threaded: Open = async (file) => {
  const thread = await logThread({ logs: { sales: file } });
  const store = sqliteEventStore({ log: 'sales', file, port: thread.connect() });
  return {
    store,
    async close() {
      await store.close();
      await thread.close();
    },
  };
};

const inFolder = (open: Open) => async (): Promise<LogUnderTest> => {
  const folder = await mkdtemp(join(tmpdir(), 'log-'));
  const file = join(folder, 'sales.db');
  let opened = await open(file);
  return {
    store: opened.store,
    async reopen() {
      await opened.close();
      opened = await open(file);
      return opened.store;
    },
    async tamper({ tenant, stream, revision }, change) {
      using db = new DatabaseSync(file);
      const where = 'WHERE tenant = ? AND stream = ? AND revision = ?';
      const row = db.prepare(`SELECT body FROM events ${where}`).get(tenant, stream, revision) as { body: string };
      if (change) db.prepare(`UPDATE events SET body = ? ${where}`).run(change(row.body), tenant, stream, revision);
      else db.prepare(`DELETE FROM events ${where}`).run(tenant, stream, revision);
    },
    async close() {
      await opened.close();
      await rm(folder, { recursive: true });
    },
  };
};

eventStoreContract('SQLite, written on this thread', inFolder(inline));
eventStoreContract('SQLite, written by the log thread', inFolder(threaded));

import type { MessagePort } from 'node:worker_threads';
import { encodeAppends } from '../encode.ts';
import { followLog } from '../follow.ts';
import { StoreUnavailable, type EventStore } from '../port.ts';
import { clientOf } from './client.ts';
import { openSqliteReader } from './reader.ts';
import { openSqliteWriter, type LogWriter, type WriterOptions } from './writer.ts';

/**
 * A log in one SQLite file. Reads by a read-only connection of its own; appends by `writer`, by the thread at the other end of `port`, or,
 * with neither, by a writer of its own on this thread. `readOnly`: appends are refused.
 *
 * @throws StoreUnavailable when the file cannot be opened
 */
export function sqliteEventStore(
  options: WriterOptions & { log: string; file: string; writer?: LogWriter; port?: MessagePort; readOnly?: boolean },
): EventStore {
  const { log, file } = options;
  const writer = options.writer ?? chooseWriter(options);
  const reader = openSqliteReader(file, options);
  const closing = new AbortController();

  const store: EventStore = {
    log,
    async append(appends, { lane = 'interactive' } = {}) {
      if (closing.signal.aborted) throw new StoreUnavailable(`the log of ${log} is closed`);
      return writer.append(encodeAppends(appends), lane);
    },
    read: reader.read,
    readMany: reader.readMany,
    readLog: reader.readLog,
    readAt: reader.readAt,
    head: reader.head,
    verify: reader.verify,
    subscribe: (after, { signal, batch }) => followLog(store, after, { signal: AbortSignal.any([signal, closing.signal]), batch }),
    onAppended: writer.onAppended,
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      reader.close(); // first, so that the writer's connection is the last and moves the write-ahead log into the file
      if (!options.writer) await writer.close();
    },
  };
  return store;
}

function chooseWriter(options: WriterOptions & { log: string; file: string; port?: MessagePort; readOnly?: boolean }): LogWriter {
  if (options.readOnly) return noWriter(options.log);
  return options.port ? clientOf(options.port).writer(options.log) : openSqliteWriter(options.file, options);
}

const noWriter = (log: string): LogWriter => ({
  append: () => Promise.reject(new StoreUnavailable(`the log of ${log} is open for reading only`)),
  onAppended: () => () => {},
  close: async () => {},
});

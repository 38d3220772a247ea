import { streamKey } from '../chain.ts';
import { followLog } from '../follow.ts';
import { StoreUnavailable, type EventStore } from '../port.ts';
import { append } from './append.ts';
import { connect } from './connection.ts';
import { inOrder } from './in-order.ts';
import { openLive } from './live.ts';
import { prefixOf } from './names.ts';
import { openReader } from './reader.ts';

/**
 * `url`: a KurrentDB connection string, TLS and credentials in it. `patienceMs`: how long an append whose answer was lost is tried again before it rejects
 * as in doubt (10,000).
 */
export type KurrentLogOptions = { url: string; log: string; patienceMs?: number };

/**
 * A log in KurrentDB 25.1 or newer, for any number of processes at once. Group commit is the server's own.
 *
 * @throws StoreUnavailable when the server cannot be reached
 * @throws Error when its version is too old
 */
export async function openKurrentLog({ url, log, patienceMs = 10_000 }: KurrentLogOptions): Promise<EventStore> {
  const prefix = prefixOf(log);
  const client = await connect(url);
  const reader = openReader(client, log);
  const live = openLive(client, prefix, reader.lastPosition);
  // Requests may overtake each other on their way; those that follow on one another must not.
  const queued = inOrder();
  const closing = new AbortController();

  const store: EventStore = {
    log,
    async append(appends) {
      if (closing.signal.aborted) throw new StoreUnavailable(`the log of ${log} is closed`);
      return live.appending(() => queued(appends.map(streamKey), () => append({ client, prefix, reader, patienceMs }, appends)));
    },
    read: reader.read,
    readMany: reader.readMany,
    readLog: reader.readLog,
    readAt: reader.readAt,
    head: live.head,
    verify: reader.verify,
    subscribe: (after, { signal, batch }) => followLog(store, after, { signal: AbortSignal.any([signal, closing.signal]), batch }),
    onAppended: live.onAppended,
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      await live.close();
      await client.dispose();
    },
  };
  return store;
}

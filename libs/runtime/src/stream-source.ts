import type { EventStore } from '#engines/event-store';
import type { ReadModels, Write } from '#engines/read-models';
import type { StoredEvent } from '#model';
import type { Engines } from './engines.ts';
import { everything, FOREIGN, RUNTIME_COLLECTIONS } from './storage.ts';

const MOST_EVENTS = 100_000;
const STREAMS_AT_ONCE = 200;

/** Where whole streams are to be had, sealed, in the order asked. `keep`: takes what a bus has given, where the logs themselves are out of reach. */
export type StreamSource = {
  keep?: (events: StoredEvent[]) => Promise<void>;
  read: (tenant: string, streams: string[]) => Promise<StoredEvent[][]>;
};

/** A stream whole and sealed: this service's from its log, another's as it was kept from the bus. In revision order. */
export async function streamEvents(engines: Pick<Engines, 'log' | 'models'>, tenant: string, stream: string): Promise<StoredEvent[]> {
  if (stream.startsWith(`${engines.log.log}.`)) return engines.log.read(tenant, stream);
  const [events] = await readKept(engines.models, tenant, [stream]);
  return events!;
}

/** Streams from the logs they are in. */
export const streamsOfLogs = (logs: Record<string, EventStore>): StreamSource => ({
  read: async (tenant, streams) => {
    const log = logs[streams[0]!.slice(0, streams[0]!.indexOf('.'))]!;
    return log.readMany(streams.map((stream) => ({ tenant, stream })));
  },
});

/** Streams of other services as they are kept in this one's read models. */
export async function keptStreams(models: ReadModels): Promise<StreamSource> {
  await models.declare(RUNTIME_COLLECTIONS.filter(({ name }) => name === FOREIGN));
  return {
    // What is there already is the same.
    keep: async (events) => void (await models.save(events.map(kept))),
    read: (tenant, streams) => readKept(models, tenant, streams),
  };
}

/** An event of another service as it is kept: whole and sealed. */
export const kept = (event: StoredEvent): Write => ({
  collection: FOREIGN,
  tenant: event.tenant,
  id: `${event.stream}#${event.revision}`,
  expected: 0,
  revision: event.revision,
  doc: { ...event },
});

async function readKept(models: ReadModels, tenant: string, streams: string[]): Promise<StoredEvent[][]> {
  const found = new Map<string, StoredEvent[]>(streams.map((stream) => [stream, []]));
  for (let from = 0; from < streams.length; from += STREAMS_AT_ONCE) {
    const value = streams.slice(from, from + STREAMS_AT_ONCE);
    for (const { doc } of await everything(models, FOREIGN, tenant, { field: 'stream', op: 'in', value }, MOST_EVENTS))
      found.get(doc.stream as string)!.push(doc as unknown as StoredEvent);
  }
  return streams.map((stream) => found.get(stream)!.sort((a, b) => a.revision - b.revision));
}

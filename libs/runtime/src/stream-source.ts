import type { StoredEvent } from '#model';
import type { Engines } from './engines.ts';
import { everything, FOREIGN } from './storage.ts';

const MOST_EVENTS = 100_000;

/** A stream whole and sealed: this service's from its log, another's as it was kept from the bus. In revision order. */
export async function streamEvents(engines: Pick<Engines, 'log' | 'models'>, tenant: string, stream: string): Promise<StoredEvent[]> {
  if (stream.startsWith(`${engines.log.log}.`)) return engines.log.read(tenant, stream);
  const rows = await everything(engines.models, FOREIGN, tenant, { field: 'stream', op: 'eq', value: stream }, MOST_EVENTS);
  return rows.map(({ doc }) => doc as unknown as StoredEvent).sort((a, b) => a.revision - b.revision);
}

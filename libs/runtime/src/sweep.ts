import type { Engines } from './engines.ts';
import type { Change } from './applied.ts';
import type { Lane } from './lane.ts';
import { everything, JOURNAL } from './storage.ts';
import { streamEvents } from './stream-source.ts';

/** What an erasure's sweep did in this service: how many rows were folded again, and what became of the old text in the read models' files. */
export type Swept = { tenant: string; person: string; service: string; streams: number; rows: number; scrubbed: string };

const MOST_TOUCHED = 100_000;

/**
 * Folds every stream again that touches a person whose key is gone, so that no row keeps a word of them, and cleans the engine's files.
 *
 * @param lane does nothing else meanwhile
 * @param onChanges hears of the rows that moved
 */
export async function sweepPerson(
  engines: Pick<Engines, 'log' | 'models' | 'sealer'>,
  lane: Lane,
  { tenant, person, service }: Pick<Swept, 'tenant' | 'person' | 'service'>,
  onChanges: (changes: Change[]) => void,
): Promise<Swept> {
  const { models, sealer } = engines;
  sealer.forget(tenant, person);
  const touched = await everything(models, JOURNAL, tenant, { field: 'record', op: 'eq', value: person }, MOST_TOUCHED, [
    { field: 'order' },
  ]);
  const streams = new Set<string>([person, ...touched.map(({ doc }) => doc.stream as string)]);
  let rows = 0;
  for (const stream of streams) {
    const events = await streamEvents(engines, tenant, stream);
    if (events.length === 0) continue;
    const kind = stream.slice(0, stream.indexOf('/'));
    for (const view of lane.projections) {
      if (!view.handlers.some((handler) => handler.event.type.startsWith(`${kind}.`))) continue;
      const changes = await lane.applyOnly(view, events, { anew: true });
      rows += changes.length;
      if (changes.length > 0) onChanges(changes);
    }
  }
  const scrubbed = await models.scrub();
  return { tenant, person, service, streams: streams.size, rows, scrubbed };
}

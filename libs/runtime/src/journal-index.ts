import type { Write } from '#engines/read-models';
import type { StoredEvent } from '#model';
import { JOURNAL, type Contents } from './storage.ts';

/**
 * An entry of the journal: which event touched which record. `order` sorts by the time of occurring, then as the log has it; in lower case, as text
 * compares. `own`, in the entry of the event's own record alone, is its correlation: so each event is found once by it.
 * Entries refer to events, they hold none of their data.
 */
export type Entry = {
  record: string;
  order: string;
  log: string;
  position: number;
  stream: string;
  revision: number;
  type: string;
  actor: string;
  correlation: string;
  own?: string;
};

/** What an event is called within its tenant. */
export const eventName = ({ stream, revision }: { stream: string; revision: number }): string => `${stream}#${revision}`;

/** Index entries for a batch: one per record an event touches. Writing them again changes nothing. */
export function journalWrites(contents: Contents, log: string, events: StoredEvent[]): Write[] {
  const writes: Write[] = [];
  const mine = `${contents.service}.`;
  for (const event of events) {
    const { tenant, stream, revision, position, type, actor, correlationId: correlation } = event;
    const place = `${log}|${String(position).padStart(12, '0')}`;
    const order = `${event.occurredAt.toLowerCase()}|${place}`;
    for (const [at, record] of event.about.entries()) {
      if (log !== contents.service && !(contents.journalOf === 'all' && record.startsWith(mine))) continue;
      const entry: Entry = { record, order, log, position, stream, revision, type, actor, correlation };
      if (record === stream) entry.own = correlation;
      writes.push({ collection: JOURNAL, tenant, id: `${place}|${at}`, expected: 0, revision, doc: entry });
    }
  }
  return writes;
}

import type { Write } from '#engines/read-models';
import type { StoredEvent } from '#model';
import { JOURNAL, type Contents } from './storage.ts';

/**
 * An entry of the journal: which event touched which record. `order` sorts by the time of occurring, then as the log has it.
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
  at: string;
  recordedAt: string;
  actor: string;
  correlation: string;
  eventId: string;
  own: boolean;
};

/** Index entries for a batch: one per record an event touches. Writing them again changes nothing. */
export function journalWrites(contents: Contents, log: string, events: StoredEvent[]): Write[] {
  const writes: Write[] = [];
  const mine = `${contents.service}.`;
  for (const event of events) {
    for (const record of event.about) {
      if (log !== contents.service && !(contents.journalOf === 'all' && record.startsWith(mine))) continue;
      const order = `${event.occurredAt}|${log}|${String(event.position).padStart(15, '0')}`;
      const entry: Entry = {
        record,
        order,
        log,
        position: event.position,
        stream: event.stream,
        revision: event.revision,
        type: event.type,
        at: event.occurredAt,
        recordedAt: event.recordedAt,
        actor: event.actor,
        correlation: event.correlationId,
        eventId: event.id,
        own: record === event.stream,
      };
      writes.push({
        collection: JOURNAL,
        tenant: event.tenant,
        id: `${order}|${record}`,
        expected: 0,
        revision: event.revision,
        doc: entry,
      });
    }
  }
  return writes;
}

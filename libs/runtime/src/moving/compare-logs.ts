import { createHash } from 'node:crypto';
import type { EventStore } from '#engines/event-store';
import { eventsOf } from './copy-log.ts';

/**
 * What a log comes to: `sha256` over the hashes of all events in the order of their positions, and of each stream the last hash, which every event of the
 * stream has gone into. Positions are no part of it.
 */
export type LogDigest = { events: number; sha256: string; streams: ReadonlyMap<string, string> };

/** @throws DamagedLog when an event is not the one that was hashed */
export async function digestOf(store: EventStore, tenant?: string, onProgress: (read: number) => void = () => {}): Promise<LogDigest> {
  const all = createHash('sha256');
  const streams = new Map<string, string>();
  let events = 0;
  for await (const event of eventsOf(store, tenant)) {
    all.update(event.hash);
    streams.set(`${event.tenant}/${event.stream}`, event.hash);
    if (++events % 1_000 === 0) onProgress(events);
  }
  onProgress(events);
  return { events, sha256: all.digest('hex'), streams };
}

/** The streams that do not end in the same hash, by tenant and name; those that only one has among them. */
export function differingStreams(one: LogDigest, other: LogDigest): string[] {
  const names = new Set([...one.streams.keys(), ...other.streams.keys()]);
  return [...names].filter((name) => one.streams.get(name) !== other.streams.get(name));
}

import { Count, defineEvent, Id, Instant, List, OneOf, Struct, Text, type EventType, type Static } from '#model';

/** Services that hold a grant on personal keys, so that each sweeps after an erasure. Analytics holds none: it keeps nothing personal. */
export const HOLDERS = ['workspace', 'contacts', 'sales'] as const;

const swept = {
  person: Id,
  pass: OneOf('first', 'second'),
  streams: Count,
  rows: Count,
  /** Where was looked, and how it was cleaned. */
  stores: List(Struct({ store: Text, how: Text })),
  at: Instant,
};
export const SweepData = Struct(swept);
export type SweepData = Static<typeof SweepData>;

const made = new Map<string, EventType<any, any>>();

/** Recorded when a service has folded again everything that named an erased person. */
export function sweptEvent(service: string): EventType<any, any> {
  let event = made.get(service);
  if (!event) made.set(service, (event = defineEvent(`${service}.erasure.swept`, swept)));
  return event;
}

for (const service of HOLDERS) sweptEvent(service);

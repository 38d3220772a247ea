import type { EventType, Recorded } from './event.ts';
import type { ActNames, Decider, DataOf, CommandMap } from './decider.ts';
import type { Day, Id, Instant } from './schema.ts';

/** A planned command: sent when `at` has come; one with the same key replaces it. */
export type TodoEntry = { of: { kind: string }; id: Id; command: string; data: unknown; key: string; at: Instant };
type Plan = { event: EventType<any, any>; plan: (event: Recorded<any, any>) => TodoEntry | TodoEntry[] | undefined; drop?: undefined };
type Drop = { event: EventType<any, any>; drop: (event: Recorded<any, any>) => string; plan?: undefined };
export type Reaction = { name: string; service: string; since: Day; past: boolean; handlers: (Plan | Drop)[] };

/**
 * Plans commands from events. Events recorded before `since` plan nothing, nor do those recorded more than a day after they occurred, unless `past`:
 * so a replay or an import of history sends nothing.
 */
export const reaction = (name: string, how: { since: Day; past?: boolean }, ...handlers: (Plan | Drop)[]): Reaction => ({
  name,
  service: name.slice(0, name.indexOf('.')),
  since: how.since,
  past: how.past ?? false,
  handlers,
});

export const plan = <T extends string, D>(
  event: EventType<T, D>,
  make: (event: Recorded<T, D>) => TodoEntry | TodoEntry[] | undefined,
): Plan => ({ event, plan: make });
export const drop = <T extends string, D>(event: EventType<T, D>, key: (event: Recorded<T, D>) => string): Drop => ({ event, drop: key });

export const todo = <S, M extends CommandMap<S>, K extends ActNames<M>>(
  of: Decider<S, M>,
  id: Id,
  command: K,
  data: DataOf<M, K>,
  how: { key: string; at?: Instant },
): TodoEntry => ({ of, id, command, data, key: how.key, at: how.at ?? '' });

/** A moment later: days are of 24 hours. */
export function after(at: Instant, { days = 0, hours = 0, minutes = 0 }: { days?: number; hours?: number; minutes?: number }): Instant {
  return new Date(Date.parse(at) + ((days * 24 + hours) * 60 + minutes) * 60_000).toISOString();
}

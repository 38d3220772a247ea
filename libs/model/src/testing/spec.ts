import { expect } from '@jest/globals';
import {
  foldEvents,
  isRejection,
  type ActNames,
  type Command,
  type CommandMap,
  type Context,
  type CreateNames,
  type DataOf,
  type Decider,
  type NewEvent,
  type Outcome,
  type Recorded,
} from '../index.ts';

const NOW = '2026-03-02T09:00:00.000Z';

/** Test events as a stream would give them: revisions from 1, in a record `r1` by `ann`. */
export function recorded(events: NewEvent[], more: Partial<Recorded> = {}): Recorded[] {
  return events.map((event, index) => {
    const type = event.type.type;
    return {
      type,
      data: JSON.parse(JSON.stringify(event.data)),
      recordId: 'r1',
      eventId: `e${index + 1}`,
      at: NOW,
      recordedAt: NOW,
      actor: 'ann',
      revision: index + 1,
      tenant: 't1',
      kind: type.slice(0, type.lastIndexOf('.')),
      ...more,
    };
  });
}

type Given<S, M extends CommandMap<S>> = {
  /** Other records the command needs, by the name it gives them. */
  with(records: Record<string, NewEvent[]>): Given<S, M>;
  /** Another actor, day or id than the usual ones. */
  as(context: Partial<Context>): Given<S, M>;
  when<K extends (ActNames<M> | CreateNames<M>) & keyof M>(name: K, data: DataOf<M, K>): Then;
};
type Then = { then(...events: NewEvent[]): void; thenRejected(code: string): void; readonly outcome: Outcome };

/** Given events, when a command, then events or a rejection: no container, no clock, no store. */
export function spec<S, M extends CommandMap<S>>(decider: Decider<S, M>): (...given: NewEvent[]) => Given<S, M> {
  const given = (events: NewEvent[], others: Record<string, NewEvent[]>, context: Partial<Context>): Given<S, M> => ({
    with: (records) => given(events, { ...others, ...records }, context),
    as: (more) => given(events, others, { ...context, ...more }),
    when(name, data) {
      const command = decider.commands[name] as Command<S, any, any>;
      let made = 0;
      const state = foldEvents(decider.evolve, undefined, recorded(events));
      const needs = command.needs ? command.needs(data, state) : {};
      const found: Record<string, unknown> = {};
      for (const [need, { of }] of Object.entries(needs))
        if (others[need]) found[need] = foldEvents(of.evolve, undefined, recorded(others[need]));
      const decision = { id: 'r1', actor: 'ann', now: NOW, today: NOW.slice(0, 10), newId: () => `new${++made}`, found, ...context };
      const outcome = command.type === 'create' ? command.decide(data, decision) : command.decide(state, data, decision);
      return {
        outcome,
        then: (...expected) => expect(plain(outcome)).toEqual(plain(expected)),
        thenRejected: (code) => expect(isRejection(outcome) ? outcome.rejected : plain(outcome)).toBe(code),
      };
    },
  });
  return (...events) => given(events, {}, {});
}

const plain = (outcome: Outcome) =>
  isRejection(outcome)
    ? outcome
    : (Array.isArray(outcome) ? outcome : [outcome]).map((event) => ({
        type: event.type.type,
        data: JSON.parse(JSON.stringify(event.data)),
        ...(event.to ? { to: event.to } : {}),
      }));

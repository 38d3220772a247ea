import type { EventType, Recorded } from './event.ts';

/** How one type of event changes a state; `start` makes it. */
export type Handler<S> = { event: EventType<any, any>; start: boolean; apply: (state: any, event: Recorded<any, any>) => S };

/** The handlers of a state, listed once; the state's type is named here and nowhere else. */
export const fold = <S>(...handlers: Handler<S>[]): Handler<S>[] => handlers;

/** The event a record begins with. */
export const start = <S, T extends string, D>(event: EventType<T, D>, make: (event: Recorded<T, D>) => NoInfer<S>): Handler<S> => ({
  event,
  start: true,
  apply: (_, recorded) => make(recorded),
});

/** What a later event does; never called before a `start`. */
export const on = <S, T extends string, D>(
  event: EventType<T, D>,
  apply: (state: NoInfer<S>, event: Recorded<T, D>) => NoInfer<S>,
): Handler<S> => ({ event, start: false, apply });

const indexes = new WeakMap<Handler<any>[], Map<string, Handler<any>>>();

/** Folds events into a state. What has no handler, or comes before the start, is passed over. */
export function foldEvents<S>(handlers: Handler<S>[], from: S | undefined, events: Recorded[]): S | undefined {
  let index = indexes.get(handlers);
  if (!index) indexes.set(handlers, (index = new Map(handlers.map((handler) => [handler.event.type, handler]))));
  let state = from;
  for (const event of events) {
    const handler = index.get(event.type);
    if (handler && (handler.start || state !== undefined)) state = handler.apply(state, event);
  }
  return state;
}

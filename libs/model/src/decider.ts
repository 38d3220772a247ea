import { lifecycle, type EventType, type NewEvent } from './event.ts';
import type { Handler } from './fold.ts';
import type { Day, Id, Instant } from './schema.ts';

/** What a decision may know of the world: time, actor and randomness come in here and nowhere else. */
export type Context = {
  id: Id;
  actor: Id;
  /** When it happens: now, or when the caller says it happened. */
  now: Instant;
  /** The same as a business day in the tenant's zone. */
  today: Day;
  /** Where the tenant is (ISO 3166-1 alpha-2): telephone numbers without a prefix are from there. */
  country?: string;
  /** A further id, the same when the command is sent again. */
  newId(): Id;
};

/** A refusal by the rules: a value, not an exception. */
export type Rejection = { rejected: string; details: Record<string, unknown> };
export type Outcome = NewEvent | Rejection | NewEvent[];

export const reject = (code: string, details: Record<string, unknown> = {}): Rejection => ({ rejected: code, details });
export const isRejection = (outcome: Outcome): outcome is Rejection => 'rejected' in outcome;
/** Sends an event to a record that the command loaded under this name. */
export const to = (name: string, event: NewEvent): NewEvent => ({ ...event, to: name });

/** A kind of record and how its state comes about: what others may load. */
export type State<S> = { kind: string; evolve: Handler<S>[]; how?: { owner?: (state: S) => Id | undefined } };
export const state = <S>(kind: string, evolve: Handler<S>[]): State<S> => ({ kind, evolve });

/** Another record of this service that a decision reads; a missing one is refused unless `maybe`. */
export type Need<S> = { of: State<any>; id: Id | undefined; optional: boolean; readonly found?: S };
export const one = <S>(of: State<S>, id: Id): Need<S> => ({ of, id, optional: false });
export const maybe = <S>(of: State<S>, id: Id | undefined): Need<S | undefined> => ({ of, id, optional: true });
export type Found<N> = { [K in keyof N]: N[K] extends Need<infer S> ? S : never };

/**
 * `undo`: the act that takes this one back. `ability`: what the caller must be allowed to (default `create`, `change`). `onRemoved`: for records
 * in the recycle list; one that is not there is left as it is. `inner`: asked by the product itself, never by a client.
 */
export type How = { undo?: string; ability?: string; onRemoved?: boolean; inner?: boolean };
export type Command<S, C, K extends 'create' | 'act'> = {
  type: K;
  form: new () => C;
  needs?: (command: any, state: any) => Record<string, Need<any>>;
  decide: (...args: any[]) => Outcome;
  how: How;
  readonly of?: S;
};

export function create<S, C>(
  form: new () => C,
  decide: (command: NoInfer<C>, context: Context) => Outcome,
  how?: How,
): Command<S, C, 'create'>;
export function create<S, C, N extends Record<string, Need<any>>>(
  form: new () => C,
  needs: (command: NoInfer<C>) => N,
  decide: (command: NoInfer<C>, context: Context & { found: Found<N> }) => Outcome,
  how?: How,
): Command<S, C, 'create'>;
export function create(form: new () => unknown, ...rest: unknown[]) {
  return command('create', form, rest);
}

export function act<S, C>(
  form: new () => C,
  decide: (state: NoInfer<S>, command: NoInfer<C>, context: Context) => Outcome,
  how?: How,
): Command<S, C, 'act'>;
export function act<S, C, N extends Record<string, Need<any>>>(
  form: new () => C,
  needs: (command: NoInfer<C>, state: NoInfer<S>) => N,
  decide: (state: NoInfer<S>, command: NoInfer<C>, context: Context & { found: Found<N> }) => Outcome,
  how?: How,
): Command<S, C, 'act'>;
export function act(form: new () => unknown, ...rest: unknown[]) {
  return command('act', form, rest);
}

function command<K extends 'create' | 'act'>(type: K, form: new () => any, rest: unknown[]): Command<any, any, K> {
  const functions = rest.filter((one) => typeof one === 'function') as ((...args: any[]) => any)[];
  const how = (rest.find((one) => typeof one !== 'function') ?? {}) as How;
  const [needs, decide] = functions.length === 2 ? functions : [undefined, functions[0]];
  return { type, form, ...(needs ? { needs } : {}), decide: decide!, how };
}

export type CommandMap<S> = Record<string, Command<S, any, any>>;
export type ActNames<M> = { [K in keyof M & string]: M[K] extends { type: 'act' } ? K : never }[keyof M & string];
export type CreateNames<M> = { [K in keyof M & string]: M[K] extends { type: 'create' } ? K : never }[keyof M & string];
export type DataOf<M, K extends keyof M> = M[K] extends Command<any, infer C, any> ? C : never;

/** The command that takes an event back: its act and data; undefined when nothing can. */
export type Inverse = { command: string; data: Record<string, unknown> } | undefined;

/**
 * `about`: whose timelines its events belong to, as record names (`ref(kind, id)`) or ids of its own kind. `unique`: values no other record of the
 * kind may have. `owner`: default `state.ownerId`. `inverse`: by event type, how an event is taken back where the act alone does not tell.
 */
export type DeciderHow<S> = {
  about?: (state: S) => (string | undefined | null)[];
  unique?: Record<string, (state: S) => string | undefined>;
  owner?: (state: S) => Id | undefined;
  inverse?: Record<string, (data: any, state: S) => Inverse>;
};
export type Decider<S, M extends CommandMap<S> = CommandMap<S>> = State<S> & {
  service: string;
  commands: M;
  how: DeciderHow<S> & { lifecycle: { removed: EventType<any, any>; restored: EventType<any, any>; erased: EventType<any, any> } };
};

/** An aggregate: its name, how its state comes about, and what it may be asked. */
export function decider<S, M extends Record<string, Command<S, any, any>>>(
  kind: string,
  evolve: Handler<S>[],
  commands: M,
  how: DeciderHow<NoInfer<S>> = {},
): Decider<S, M> {
  const [removed, restored, erased] = lifecycle(kind);
  return { kind, service: kind.slice(0, kind.indexOf('.')), evolve, commands, how: { ...how, lifecycle: { removed, restored, erased } } };
}

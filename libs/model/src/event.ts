import { personalPaths, refPaths, type PersonalPath, type RefPath } from './paths.ts';
import { Optional, Shape, Struct, type Static, type TObject, type TProperties, type TSchema } from './schema.ts';

/** An event that a decision has made and nobody has stored yet. `to`: the loaded record it goes to instead of the command's own. */
export type NewEvent<T extends string = string, D = any> = { type: EventType<T, D>; data: D; to?: string };

/** An event as folds see it: opened, at its newest version. `at` is when it occurred. */
export type Recorded<T extends string = string, D = any> = {
  type: T;
  data: D;
  recordId: string;
  eventId: string;
  at: string;
  recordedAt: string;
  actor: string;
  revision: number;
  tenant: string;
  kind: string;
  /** A personal part could not be opened any more; it reads as its schema's empty value. */
  erased?: boolean;
};

type Data = Record<string, any>;
export type History = { version?: number; upcast?: Record<number, (data: any) => any>; internal?: boolean };

/** A kind of event: callable with its data. The type never changes; the version travels beside it. */
export interface EventType<T extends string = string, D = any> {
  (data: D): NewEvent<T, D>;
  readonly type: T;
  readonly version: number;
  readonly schema: TObject;
  readonly internal: boolean;
  /** From a version to the next. */
  readonly upcast: Record<number, (data: Data) => Data>;
  readonly personal: PersonalPath[];
  readonly refs: RefPath[];
}

const registry = new Map<string, EventType<any, any>>();

/**
 * Defines an event once for storing, publishing, documents and types.
 *
 * @param history the present version and how older data becomes it; `internal` events never leave their service
 * @throws Error when the type was defined with another shape
 */
export function defineEvent<const T extends string, P extends TProperties>(
  type: T,
  data: P,
  history: History = {},
): EventType<T, Static<TObject<P>>> {
  return register(type, Shape(data), history) as EventType<T, Static<TObject<P>>>;
}

function register(type: string, schema: TObject, history: History): EventType<any, any> {
  const known = registry.get(type);
  if (known) {
    if (JSON.stringify(known.schema) !== JSON.stringify(schema)) throw new Error(`event ${type} is defined twice, differently`);
    return known;
  }
  if ('sealed' in schema.properties) throw new Error(`event ${type} has a field named sealed, which is where its sealed parts go`);
  const event = ((value: unknown) => ({ type: event, data: value })) as unknown as EventType<any, any>;
  Object.defineProperties(event, {
    type: { value: type, enumerable: true },
    version: { value: history.version ?? 1 },
    schema: { value: schema },
    internal: { value: history.internal ?? false },
    upcast: { value: history.upcast ?? {} },
    personal: { value: personalPaths(schema) },
    refs: { value: refPaths(schema) },
  });
  registry.set(type, event);
  return event;
}

/** The definition of a type; undefined when this process does not know it. */
export const eventType = (type: string): EventType<any, any> | undefined => registry.get(type);
/** Every definition loaded, by type. */
export const allEvents = (): EventType<any, any>[] => [...registry.values()].sort((a, b) => (a.type < b.type ? -1 : 1));

/** Data of an older version as the present one has it. @throws Error when a step is missing */
export function upcastData(event: EventType<any, any>, version: number, data: Data): Data {
  let current = data;
  for (let step = version; step < event.version; step++) {
    const upcast = event.upcast[step];
    if (!upcast) throw new Error(`${event.type}: nothing leads from version ${step} to ${step + 1}`);
    current = upcast(current);
  }
  return current;
}

type ChangedData<P extends TProperties> = { [K in keyof P]?: { from?: Static<P[K]>; to?: Static<P[K]> } };
type Patch<P extends TProperties> = { [K in keyof P]?: Static<P[K]> | null };

export type ChangedType<T extends string, P extends TProperties> = EventType<T, ChangedData<P>> & {
  /** The fields this event may change. */
  readonly fields: (keyof P & string)[];
  /** What a patch changes of a state: absent keeps, null clears; nothing when all is as it was. */
  between(state: object, patch: object): NewEvent<T, ChangedData<P>> | [];
  /** The state with the changes made. */
  apply<S extends object>(state: S, event: Recorded<T, ChangedData<P>>): S;
  /** The patch that takes these changes back. */
  inverse(data: ChangedData<P>): Patch<P>;
};

/** One `changed` per kind: data is `{ field: { from, to } }`, a field personal in both alike. It is its own inverse. */
export function changed<const T extends string, P extends TProperties>(type: T, fields: P, history: History = {}): ChangedType<T, P> {
  const names = Object.keys(fields);
  const schema = Shape(
    Object.fromEntries(
      Object.entries(fields).map(([name, schema]) => {
        const { personal, ...plain } = schema as TSchema & { personal?: true | string };
        const pair = Struct({ from: Optional(plain as TSchema), to: Optional(plain as TSchema) });
        // The mark goes inside: a copy of an optional schema would no longer be optional.
        return [name, Optional(personal === undefined ? pair : { ...pair, personal })];
      }),
    ) as TProperties,
  );
  const event = register(type, schema, history) as unknown as ChangedType<T, P>;
  const extras = {
    fields: names,
    between(state: Data, patch: Data) {
      const data: Data = {};
      for (const name of names) {
        if (!(name in patch) || patch[name] === undefined) continue;
        const [from, to] = [state[name] ?? undefined, patch[name] ?? undefined];
        if (!same(from, to)) data[name] = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      }
      return Object.keys(data).length === 0 ? [] : event(data as ChangedData<P>);
    },
    apply(state: Data, { data }: { data: Data }) {
      const next: Data = { ...state };
      for (const name of Object.keys(data)) {
        const to = data[name]?.to;
        if (to === undefined) delete next[name];
        else next[name] = to;
      }
      return next;
    },
    inverse: (data: Data) => Object.fromEntries(Object.entries(data).map(([name, change]) => [name, change?.from ?? null])),
  };
  for (const [name, value] of Object.entries(extras)) if (!Object.hasOwn(event, name)) Object.defineProperty(event, name, { value });
  return event;
}

/** What every kind of record can undergo: removed, restored, erased. Not statuses: the runtime adds the acts. */
export const lifecycle = (
  kind: string,
): [removed: EventType<string, {}>, restored: EventType<string, {}>, erased: EventType<string, {}>] => [
  defineEvent(`${kind}.removed`, {}),
  defineEvent(`${kind}.restored`, {}),
  defineEvent(`${kind}.erased`, {}),
];

/** Equal as JSON, whatever the order of members. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Data, b as Data];
  const keys = Object.keys(left).filter((key) => left[key] !== undefined);
  return (
    keys.length === Object.keys(right).filter((key) => right[key] !== undefined).length && keys.every((key) => same(left[key], right[key]))
  );
}

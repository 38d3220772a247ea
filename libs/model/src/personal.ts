import type { EventType } from './event.ts';
import type { PersonalPath } from './paths.ts';

type Data = Record<string, any>;
/** Personal parts of one person: by path, as written down in order of the event's definition. */
export type Part = [path: string, value: unknown][];

/**
 * Takes the personal parts out of an event's data.
 *
 * @param record the stream's own record name: whose parts they are unless a field says otherwise
 * @returns what may stand in the open, and per person (record name) what must be sealed; no entry where there is nothing
 */
export function splitPersonal(event: EventType<any, any>, data: Data, record: string): { open: Data; parts: Record<string, Part> } {
  if (event.personal.length === 0) return { open: data, parts: {} };
  const whole = wholeMembers(event);
  const open: Data = {};
  for (const name of Object.keys(data)) if (!whole.has(name)) open[name] = data[name];
  const parts: Record<string, Part> = {};
  for (const place of event.personal) {
    const [head] = place.path as [string];
    if (data[head] === undefined) continue;
    const person = personOf(event, place, data, record);
    if (place.path.length === 1) (parts[person] ??= []).push([head, data[head]]);
    else take(open, place.path, '', (path, value) => (parts[person] ??= []).push([path, value]));
  }
  return { open, parts };
}

/** Members of an event's data that are personal altogether. */
function wholeMembers(event: EventType<any, any>): ReadonlySet<string> {
  let known = wholes.get(event);
  if (!known) wholes.set(event, (known = new Set(event.personal.flatMap(({ path }) => (path.length === 1 ? path : [])))));
  return known;
}
const wholes = new WeakMap<object, ReadonlySet<string>>();

/** Puts opened parts back where they were. */
export function joinPersonal(open: Data, parts: Part[]): Data {
  if (parts.length === 0) return open;
  const data = { ...open };
  for (const part of parts) for (const [path, value] of part) put(data, path.split('.'), value);
  return data;
}

/** The data as it reads when parts cannot be opened: required members take their schema's empty value, optional ones are absent. */
export function emptied(event: EventType<any, any>, open: Data): Data {
  if (event.personal.length === 0) return open;
  const data = { ...open };
  for (const { path, optional, empty } of event.personal)
    if (!optional && path.length === 1 && data[path[0]!] === undefined) data[path[0]!] = empty;
  return data;
}

function personOf(event: EventType<any, any>, place: PersonalPath, data: Data, record: string): string {
  if (!place.by) return record;
  const id = data[place.by];
  const kind = event.refs.find((one) => one.path.length === 1 && one.path[0] === place.by)?.kind;
  return typeof id === 'string' && kind ? `${kind}/${id}` : record;
}

/** Removes a path from (a copy of) the data, going into every element where it says `*`. */
function take(into: Data, path: string[], prefix: string, found: (path: string, value: unknown) => void): void {
  const [head, ...rest] = path as [string, ...string[]];
  const value = into[head];
  if (value === undefined) return;
  if (rest.length === 0) {
    delete into[head];
    found(prefix + head, value);
  } else if (rest[0] === '*') {
    if (!Array.isArray(value)) return;
    into[head] = value.map((item: Data, index) => {
      const copy = { ...item };
      take(copy, rest.slice(1), `${prefix}${head}.${index}.`, found);
      return copy;
    });
  } else {
    const copy = { ...value };
    take(copy, rest, `${prefix}${head}.`, found);
    into[head] = copy;
  }
}

function put(into: Data, path: string[], value: unknown): void {
  const [head, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    into[head] = value;
    return;
  }
  const inner = into[head];
  into[head] = Array.isArray(inner) ? [...inner] : { ...inner };
  put(into[head], rest, value);
}

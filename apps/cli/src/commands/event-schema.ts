import { emptied, eventType, upcastData, validate, type StoredEvent } from '#model';

type Data = Record<string, unknown>;

/** What is wrong with an event by its type's schema; undefined when nothing is. Sealed parts are taken as their schema's empty value. */
export function schemaFault(event: StoredEvent): string | undefined {
  const type = eventType(event.type);
  if (!type) return `${event.type} is no event of this version`;
  if (event.schemaVersion > type.version)
    return `${event.type} has version ${event.schemaVersion}; this version of Rapport knows ${type.version}`;
  try {
    const data = structuredClone(emptied(type, upcastData(type, event.schemaVersion, event.data))) as Data;
    for (const { path, optional, empty } of type.personal) if (!optional) fill(data, path, empty);
    const [first] = validate(type.schema, data);
    return first ? `${event.type}${first.path ? ` ${first.path}` : ''} ${first.message}` : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Puts `empty` where a path ends in nothing, going into every element where it says `*`; makes nothing on the way. */
function fill(into: Data, [head, ...rest]: string[], empty: unknown): void {
  if (head === undefined) return;
  if (head === '*') {
    if (Array.isArray(into)) for (const item of into) fill(item as Data, rest, empty);
  } else if (rest.length === 0) into[head] ??= empty;
  else if (typeof into[head] === 'object' && into[head] !== null) fill(into[head] as Data, rest, empty);
}

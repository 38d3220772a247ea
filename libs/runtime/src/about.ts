import { type Decider, type EventType, type JsonObject } from '#model';

/** Record names an event touches: its own stream, the records its data refers to, and what the decider names before and after it. */
export function aboutOf(
  of: Decider<any, any>,
  stream: string,
  type: EventType,
  data: JsonObject,
  before: unknown,
  after: unknown,
): string[] {
  const touched = new Set<string>([stream]);
  for (const { path, kind } of type.refs) for (const id of valuesAt(data, path)) touched.add(`${kind}/${id}`);
  const named = of.how?.about;
  if (named)
    for (const state of [before, after])
      if (state !== undefined) for (const name of named(state)) if (name) touched.add(name.includes('/') ? name : `${of.kind}/${name}`);
  return [...touched];
}

/** The strings at a path; `*` goes into every element of a list. */
export function valuesAt(value: unknown, path: readonly string[]): string[] {
  if (value === undefined || value === null) return [];
  if (path.length === 0) return typeof value === 'string' ? [value] : [];
  const [head, ...rest] = path;
  if (head === '*') return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : [];
  return valuesAt((value as Record<string, unknown>)[head!], rest);
}

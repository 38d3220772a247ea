import { emptyOf, isOptional, notesOf, type TSchema } from './schema.ts';

/** Where personal data stands in an event's data, and whose it is; `*` stands for every element of a list. `empty` is what an erased one reads as. */
export type PersonalPath = { path: string[]; by?: string; optional: boolean; empty: unknown };
export type RefPath = { path: string[]; kind: string };

export function personalPaths(schema: TSchema): PersonalPath[] {
  const found: PersonalPath[] = [];
  walk(schema, [], (member, path) => {
    const { personal } = notesOf(member);
    if (personal === undefined) return true;
    found.push({ path, ...(personal === true ? {} : { by: personal }), optional: isOptional(member), empty: emptyOf(member) });
    return false;
  });
  return found;
}

export function refPaths(schema: TSchema): RefPath[] {
  const found: RefPath[] = [];
  walk(schema, [], (member, path) => {
    const { ref } = notesOf(member);
    if (ref) found.push({ path, kind: ref });
    return true;
  });
  return found;
}

function walk(schema: TSchema, path: string[], visit: (member: TSchema, path: string[]) => boolean): void {
  const { properties, items } = notesOf(schema);
  for (const [name, member] of Object.entries(properties ?? {})) if (visit(member, [...path, name])) walk(member, [...path, name], visit);
  if (items && visit(items, [...path, '*'])) walk(items, [...path, '*'], visit);
}

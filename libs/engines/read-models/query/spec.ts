import type { CollectionSpec } from '../port.ts';

/** What a collection has been declared with so far, as an engine keeps it. `fields`: those of all its indexes; `indexes`: those of several fields. */
export type Kept = { fields: string[]; indexes: string[][]; words: string[]; sums: string[]; narrow?: boolean; inner?: string[] };

export const emptyKept = (): Kept => ({ fields: [], indexes: [], words: [], sums: [] });

/** What a collection has and what is asked of it, put together. Nothing is ever taken away: a version of a view has a storage of its own. */
export function widened(kept: Kept, spec: CollectionSpec): Kept {
  checkSpec(spec);
  const union = (one: string[], other: string[]) => [...new Set([...one, ...other])];
  const known = new Set(kept.indexes.map((index) => index.join('\n')));
  return {
    fields: union(kept.fields, spec.indexes.flat()),
    indexes: [
      ...kept.indexes,
      ...spec.indexes.filter((index) => index.length > 1 && !known.has(index.join('\n')) && known.add(index.join('\n'))),
    ],
    words: union(kept.words, spec.words ?? []),
    sums: union(kept.sums, spec.sums ?? []),
    ...(spec.narrow ? { narrow: true } : {}),
    ...(kept.inner || spec.inner ? { inner: union(kept.inner ?? [], spec.inner ?? []) } : {}),
  };
}

function checkSpec(spec: CollectionSpec): void {
  if (!/^[\w.@~:-]{1,200}$/.test(spec.name))
    throw new Error(`"${spec.name}" cannot name a collection: letters, digits and . @ ~ : - _ only`);
  for (const path of [...spec.indexes.flat(), ...(spec.words ?? []), ...(spec.sums ?? [])])
    if (path.length > 300 || path.split('.').some((part) => part === '')) throw new Error(`"${path}" in ${spec.name} is no field path`);
  for (const index of spec.indexes)
    if (index.length === 0 || index.length > 6 || new Set(index).size < index.length)
      throw new Error(`an index of ${spec.name} is empty, too long, or names a field twice`);
}

import { BadQuery } from '../port.ts';
import type { Kept } from '../query/spec.ts';
import type { Connection } from './connection.ts';

/**
 * How a collection lies in the file. Its tables are numbered, its fields are columns by place, so no name of ours ever becomes SQL:
 *
 * - `c<n>`: a row per document. `s<i>` is what field i sorts and compares by (text folded), never NULL: ABSENT stands for nothing and sorts above
 *   everything, LISTED for a list. `r<i>` is the text as written where it differs from its key. `m<j>` are whole numbers to be summed. `w` holds the
 *   document's words, `x` those a write gave besides. `doc` is the document's JSON without its inner members, `i` that of these.
 * - `a<n>`: a row per element of a list: (tenant, field, key, row, text as written).
 * - `w<n>`: a row per word: (tenant, word, row).
 */
export type Layout = {
  n: number;
  name: string;
  fields: string[];
  paths: string[][];
  place: Map<string, number>;
  fieldSet: ReadonlySet<string>;
  /** Composite indexes, as places of fields. */
  indexes: number[][];
  /** Per field the index that begins with it: its own, or in a narrow collection a composite one, if any. */
  leading: (string | undefined)[];
  narrow: boolean;
  words: string[][];
  sums: string[];
  sumPaths: string[][];
  inner: ReadonlySet<string>;
};

/** Sorts above text, numbers and booleans: SQLite orders numbers, text, blobs. FALSE and TRUE are x'00' and x'01'. */
export const ABSENT_SQL = "x'ff'";
export const LISTED_SQL = "x'02'";

export function layoutOf(n: number, name: string, kept: Kept): Layout {
  const place = new Map(kept.fields.map((field, at) => [field, at]));
  const indexes = kept.indexes.map((index) => index.map((field) => place.get(field)!));
  const split = (path: string) => path.split('.');
  return {
    n,
    name,
    fields: kept.fields,
    paths: kept.fields.map(split),
    place,
    fieldSet: new Set(kept.fields),
    indexes,
    leading: kept.fields.map((_, at) => {
      if (!kept.narrow) return `c${n}_f${at}`;
      const composite = indexes.find(([first]) => first === at);
      return composite && `c${n}_x${composite.join('_')}`;
    }),
    narrow: kept.narrow ?? false,
    words: kept.words.map(split),
    sums: kept.sums,
    sumPaths: kept.sums.map(split),
    inner: new Set(kept.inner),
  };
}

/** The tables of a new collection. The document comes last: what precedes it is read without it. */
export const createSql = (n: number, columns: string): string => `
  CREATE TABLE c${n} (row INTEGER PRIMARY KEY, t INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, revision INTEGER NOT NULL, w TEXT, x TEXT, i TEXT, ${columns}doc TEXT NOT NULL);
  CREATE UNIQUE INDEX c${n}_id ON c${n} (t, id);
  CREATE TABLE a${n} (t INTEGER NOT NULL, f INTEGER NOT NULL, s NOT NULL, row INTEGER NOT NULL, r TEXT NOT NULL, PRIMARY KEY (t, f, s, row, r)) WITHOUT ROWID;
  CREATE TABLE w${n} (t INTEGER NOT NULL, word TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (t, word, row)) WITHOUT ROWID;`;

export const dropSql = (n: number): string => `DROP TABLE IF EXISTS c${n}; DROP TABLE IF EXISTS a${n}; DROP TABLE IF EXISTS w${n};`;

const columnsOf = (layout: Layout): string[] => [
  ...layout.fields.flatMap((_, i) => [`s${i} NOT NULL DEFAULT ${ABSENT_SQL}`, `r${i} TEXT`]),
  ...layout.sums.map((_, j) => `m${j}`),
];

/** The fields' columns of a new table. */
export const newColumns = (layout: Layout): string =>
  columnsOf(layout)
    .map((column) => `${column}, `)
    .join('');

/** Columns a layout needs and the table lacks. */
export function columnSql(connection: Connection, layout: Layout): string {
  const there = new Set(
    connection.all({ text: `SELECT name FROM pragma_table_info('c${layout.n}')`, params: [] }).map(([name]) => name as string),
  );
  const wanted = columnsOf(layout);
  return wanted
    .filter((column) => !there.has(column.split(' ')[0]!))
    .map((column) => `ALTER TABLE c${layout.n} ADD COLUMN ${column};`)
    .join('');
}

/**
 * An index per field (without the documents that lack it; none in a narrow collection) and one per declared composite; each prefixed by the tenant and suffixed by the id, so
 * that sorted pages are read straight off it.
 */
export function indexSql(layout: Layout): string {
  const single = [...layout.fields.keys()]
    .filter((i) => hasOwnIndex(layout, i))
    .map((i) => `CREATE INDEX IF NOT EXISTS ${singleIndex(layout, i)} ON c${layout.n} (t, s${i}, id) WHERE s${i} < ${ABSENT_SQL};`);
  const composite = layout.indexes.map(
    (index) =>
      `CREATE INDEX IF NOT EXISTS ${compositeIndex(layout, index)} ON c${layout.n} (t, ${index.map((i) => `s${i}`).join(', ')}, id)${layout.narrow ? ` WHERE s${index[0]} < ${ABSENT_SQL}` : ''};`,
  );
  return [...single, ...composite].join('');
}

/** Whether a field has an index of its own. */
export const hasOwnIndex = (layout: Layout, field: number): boolean => layout.leading[field] === singleIndex(layout, field);
export const singleIndex = (layout: Layout, field: number): string => `c${layout.n}_f${field}`;
export const compositeIndex = (layout: Layout, index: number[]): string => `c${layout.n}_x${index.join('_')}`;
export const keyIndex = (layout: Layout): string => `c${layout.n}_id`;

/** The collections as the file names them. `undefined` when there is none of that name. */
export function readLayout(connection: Connection, name: string): Layout | undefined {
  const found = connection.first({ text: 'SELECT n, layout FROM collections WHERE name = ?', params: [name] });
  return found && layoutOf(found[0] as number, name, JSON.parse(found[1] as string) as Kept);
}

export const keptOf = (layout: Layout): Kept => ({
  fields: layout.fields,
  indexes: layout.indexes.map((index) => index.map((i) => layout.fields[i]!)),
  words: layout.words.map((path) => path.join('.')),
  sums: layout.sums,
  ...(layout.narrow ? { narrow: true } : {}),
  ...(layout.inner.size > 0 ? { inner: [...layout.inner] } : {}),
});

/** The place of a field. @throws BadQuery when it is not indexed */
export function placeOf(layout: Layout, field: string): number {
  const place = layout.place.get(field);
  if (place === undefined) throw new BadQuery(field, `is not indexed; possible: ${layout.fields.join(', ')}`);
  return place;
}

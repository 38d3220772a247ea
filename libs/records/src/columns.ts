import { foldText, type AnyView, type Day } from '#model';
import type { ReadCell } from './cells.ts';

/** What a file's column may be: whose field, what files call it, how its cells are read. */
export type Column<T = unknown> = {
  label: string;
  /** Headings by which it is known, besides the field's own name and label. */
  names: readonly string[];
  read: ReadCell<T>;
  refers?: Refers;
};

/**
 * A column whose cells name other records: those of `view` whose field `by` holds the cell's key. `self`: records of the same file may be meant, also
 * later ones, by this field of theirs. `make`: the kind and command that bring about a missing one, where naming it is enough.
 */
export type Refers = {
  view: AnyView;
  by: string;
  /** The field holds several keys. */
  list?: boolean;
  key: (text: string) => string;
  /** Which one is meant where a row names none. */
  usual?: { field: string; value: boolean };
  self?: string;
  make?: { kind: string; command: string; data: (name: string, values: Record<string, unknown>) => Record<string, unknown> };
};

/** A document that a cell named. */
export type Named = { id: string; [field: string]: unknown };

/** What the whole import says that a row may not. `country`: of telephone numbers without a prefix. */
export type ImportSetting = { country?: string };

/** One command of those a row comes to. `on`: the day it happened; unset, when the import says. */
export type Step = { command: string; data: Record<string, unknown>; on?: Day };
/** Why a row cannot be taken, beyond what its single cells say. */
export type Fault = { field: string; problem: string; hint?: string };

/** How records are recognised: a field of a view that holds the column's key. `list`: the field holds several. */
export type Key = { view: AnyView; field: string; list?: boolean; key: (value: string) => string };

/**
 * How the records of a kind stand in files: the columns there may be, what tells that a row is a record we have, and the commands a row comes to.
 *
 * `steps` gets the row's values by field and, when the record exists, its state; the first step of a new one creates it. `link` points a record to another of the same
 * file, once all are there.
 */
export type Columns = {
  fields: Record<string, Column>;
  keys: Record<string, Key>;
  required: readonly string[];
  steps: (values: Record<string, unknown>, was: Record<string, unknown> | undefined, setting: ImportSetting) => Step[] | Fault;
  link?: (values: Record<string, unknown>, to: string) => Step;
  /** Whether columns may be mapped to a tenant's own fields (`custom.size`). */
  custom: boolean;
};

type ValueOf<C> = C extends Column<infer T> ? T : never;
/** A row's values: absent where the cell is empty or the file has no such column. */
export type ValuesOf<F extends Record<string, Column>> = { [K in keyof F]?: ValueOf<F[K]> } & { custom?: Record<string, string> };

/** Columns with their types: `steps` knows what each field holds. */
export function columns<F extends Record<string, Column<any>>, S = Record<string, unknown>>(
  fields: F,
  how: {
    keys: { [K in keyof F]?: Key };
    required?: (keyof F & string)[];
    steps: (values: ValuesOf<F>, was: S | undefined, setting: ImportSetting) => Step[] | Fault;
    link?: (values: ValuesOf<F>, to: string) => Step;
    custom?: boolean;
  },
): Columns {
  const { required = [], custom = false, ...rest } = how;
  return { ...rest, fields, required, custom } as unknown as Columns; // what is typed by field here is by name to whoever runs it
}

export const column = <T>(label: string, read: ReadCell<T>, ...names: string[]): Column<T> => ({ label, names, read });

/** A column that names records of a kind. */
export const refTo = <T extends Named>(label: string, refers: Refers, ...names: string[]): Column<T> => ({
  label,
  names,
  refers,
  read: (text) => ({ value: text as unknown as T }), // the name; whoever runs the import puts the record in its place
});

/** Text without what people leave out or add: case, accents, spaces, marks. `GTXPro` and `GTX Pro` are the same. */
export const nameKey = (text: string): string => foldText(text).replaceAll(/[^\p{L}\p{N}]+/gu, '') || foldText(text).trim();

/**
 * Which field each heading stands for; undefined where none is known. The first heading that fits takes a field.
 *
 * @returns in the order of the headings
 */
export function guessColumns({ fields }: Columns, headings: readonly string[]): (string | undefined)[] {
  const byName = new Map<string, string>();
  for (const [field, { label, names }] of Object.entries(fields))
    for (const name of [field, label, ...names]) if (!byName.has(nameKey(name))) byName.set(nameKey(name), field);
  const taken = new Set<string>();
  return headings.map((heading) => {
    const field = byName.get(nameKey(heading));
    if (!field || taken.has(field)) return undefined;
    taken.add(field);
    return field;
  });
}

/** Only what is said: an absent field keeps what there is. */
export const said = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

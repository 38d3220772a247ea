import { Answer, Flag, Optional, Shape, typed, type Static, type TObject, type TProperties } from './schema.ts';
import type { Handler } from './fold.ts';

/**
 * Who may read: `owner` by the document's `ownerId` and the role's reach; `everyone` who may read the kind; `{ of }` whoever may read the record that
 * field names; `{ ability }` whoever has it.
 */
export type Access = 'owner' | 'everyone' | { of: string } | { ability: string };
/**
 * `indexes`: what lists filter, sort and group by. `words`: fields that search finds. `sums`: whole numbers that groups may add up. `inner`: fields that
 * are there to be found by, and shown to nobody.
 */
export type ViewHow = { version: number; access: Access; indexes?: string[][]; words?: string[]; sums?: string[]; inner?: string[] };

type Common<Doc> = { name: string; service: string; shape: TObject; how: ViewHow; readonly doc?: Doc };
export type Projection<Doc = any> = Common<Doc> & { type: 'projection'; handlers: Handler<any>[] };
export type Children<Doc = any> = Common<Doc> & { type: 'children'; of: Projection; each: (doc: any) => unknown[] };
export type Summary<Doc = any> = Common<Doc> & {
  type: 'summary';
  from: Record<string, Many<any>>;
  compute: (id: string, rows: any) => unknown;
};
export type View<Doc = any> = Projection<Doc> | Children<Doc> | Summary<Doc>;
export type AnyView<Doc = any> = View<Doc>;

/** A view's documents as callers see them, for the documents: without what is there to be found by alone, with what every record may be. */
export function shown<Doc>(view: View<Doc>) {
  const inner = view.how.inner ?? [];
  const fields = Object.fromEntries(Object.entries(view.shape.properties).filter(([field]) => !inner.includes(field)));
  return typed<Doc & { removed?: boolean; erased?: boolean }>(
    Object.assign(Answer(`view.${view.name}`, { ...fields, removed: Optional(Flag), erased: Optional(Flag) }), {
      // What `filter` and `sort` may name, and whether `search` finds anything.
      'x-filter': [...new Set(['id', ...(view.how.indexes ?? []).flat()])].filter((field) => !inner.includes(field)),
      ...(view.how.words?.length ? { 'x-search': true } : {}),
    }),
  );
}

const serviceOf = (name: string) => name.slice(0, name.indexOf('.'));

/** A row: folds exactly one stream into one document; its revision decides whether an event applies. */
export function projection<P extends TProperties>(
  name: string,
  shape: P,
  how: ViewHow,
  ...handlers: Handler<Static<TObject<P>>>[]
): Projection<Static<TObject<P>>> {
  return { type: 'projection', name, service: serviceOf(name), shape: Shape(shape), how, handlers };
}

/** Documents written beside a row, one per part of it. */
export function children<Doc, P extends TProperties>(
  of: Projection<Doc>,
  name: string,
  shape: P,
  how: Omit<ViewHow, 'version'>,
  each: (doc: Doc) => NoInfer<Static<TObject<P>>>[],
): Children<Static<TObject<P>>> {
  return { type: 'children', of, name, service: serviceOf(name), shape: Shape(shape), how: { ...how, version: of.how.version }, each };
}

/** The rows of a view whose reference names the summary's key. */
export type Many<Doc> = { view: View<Doc>; ref: string };
export const by = <Doc>(view: View<Doc>, ref: keyof Doc & string): Many<Doc> => ({ view, ref });
export type RowsOf<R> = { [K in keyof R]: R[K] extends Many<infer Doc> ? Doc[] : never };

/** Totals: a pure function of rows, computed again whenever one of them moves. */
export function summary<P extends TProperties, R extends Record<string, Many<any>>>(
  name: string,
  shape: P,
  how: ViewHow & { from: R },
  compute: (id: string, rows: RowsOf<R>) => NoInfer<Static<TObject<P>>>,
): Summary<Static<TObject<P>>> {
  const { from, ...rest } = how;
  return { type: 'summary', name, service: serviceOf(name), shape: Shape(shape), how: rest, from, compute };
}

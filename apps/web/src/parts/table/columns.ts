import type { ReactNode } from 'react';

/** A field's place in a list: which, and how wide where that was chosen. As saved views keep it. */
export type LayoutColumn = { field: string; width?: number };
export type Layout = readonly LayoutColumn[];

/** How an editor of a cell ends: with a new value, or without. */
export type CellEditor<Row> = (props: { row: Row; keep: (value: unknown) => void; drop: () => void }) => ReactNode;

/**
 * A column of a list. `width` in pixels, until another is chosen. `end`: numbers stand at the end. `fixed`: always the first, and cannot be left out.
 * `edit`: how its cells are edited in place.
 */
export type Column<Row> = {
  field: string;
  header: string;
  width: number;
  end?: boolean;
  fixed?: boolean;
  sortable?: boolean;
  cell: (row: Row) => ReactNode;
  edit?: CellEditor<Row>;
};

export const NARROWEST = 60;
export const WIDEST = 800;

/** The columns of a layout, in its order; what is fixed comes first whatever the layout says, what is not known is left out. */
export function shownColumns<Row>(columns: readonly Column<Row>[], layout: Layout): (Column<Row> & { width: number })[] {
  const chosen = layout.flatMap(({ field, width }) => {
    const column = columns.find((one) => one.field === field && !one.fixed);
    return column ? [{ ...column, width: width ?? column.width }] : [];
  });
  const fixed = columns
    .filter((one) => one.fixed)
    .map((one) => ({ ...one, width: layout.find(({ field }) => field === one.field)?.width ?? one.width }));
  return [...fixed, ...chosen];
}

/** A column moved by so many places among those shown. */
export function moved(layout: Layout, field: string, by: number): Layout {
  const from = layout.findIndex((one) => one.field === field);
  const to = Math.max(0, Math.min(layout.length - 1, from + by));
  return from === -1 ? layout : layout.toSpliced(from, 1).toSpliced(to, 0, layout[from]!);
}

export const withWidth = (layout: Layout, field: string, width: number): Layout => {
  const rounded = Math.max(NARROWEST, Math.min(WIDEST, Math.round(width)));
  return layout.some((one) => one.field === field)
    ? layout.map((one) => (one.field === field ? { ...one, width: rounded } : one))
    : [{ field, width: rounded }, ...layout];
};

/** The next way to sort by a field: rising, falling, then as it was. `sort` as lists take it: `-changedAt`. */
export function nextSort(sort: string | undefined, field: string): string | undefined {
  if (sort === field) return `-${field}`;
  return sort === `-${field}` ? undefined : field;
}

export const sortOf = (sort: string | undefined, field: string): 'ascending' | 'descending' | undefined =>
  sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : undefined;

import { useCallback, useState } from 'react';

/** Which rows are chosen: some by their ids, or all that match what the list asks (`all`), however many. */
export type Selection = { ids: ReadonlySet<string>; all: boolean; anchor?: string };
export const NOTHING: Selection = { ids: new Set(), all: false };

export function toggled(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, all: false, anchor: id };
}

/** Everything between the row chosen last and this one. */
export function reached(selection: Selection, rows: readonly string[], id: string): Selection {
  const [from, to] = [rows.indexOf(selection.anchor ?? id), rows.indexOf(id)];
  if (from === -1 || to === -1) return toggled(selection, id);
  const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...between]), all: false, anchor: selection.anchor };
}

/** What the box above the rows does: chooses those that are loaded, or none. */
export const page = (selection: Selection, rows: readonly string[]): Selection =>
  selection.all || (rows.length > 0 && rows.every((id) => selection.ids.has(id))) ? NOTHING : { ids: new Set(rows), all: false };

export const isSelected = ({ ids, all }: Selection, id: string): boolean => all || ids.has(id);

export function useSelection() {
  const [selection, set] = useState(NOTHING);
  return { selection, set, clear: useCallback(() => set(NOTHING), []) };
}

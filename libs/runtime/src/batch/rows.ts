import { isUuid } from '#model';
import { cellText, type Cell, type Column, type Columns, type Named, type Reading } from '#records';
import { Problem } from '../problem.ts';
import type { Views } from '../views.ts';
import type { Batch } from './batch.ts';
import type { Finding } from './finding.ts';

/** A row on its way: its values by field, and what was found of it. `later`: a record of the same file that it names and that is not there yet. */
export type Row = {
  row: number;
  values: Record<string, unknown>;
  findings: Finding[];
  rejected: boolean;
  later?: { field: string; typed: string; key: string };
  /** The id of the record it makes, once that is known. */
  makes?: string;
};

/** What the batch says of a column of the file: where in a row, whose field, how it is read. */
type Mapped = { at: number; heading: string; field: string; column: Column | undefined; reading: Reading };

/** Reads rows of a file by what the batch says of its columns. */
export class RowReader {
  private readonly mapped: Mapped[];
  private readonly defaults: { field: string; value: string; column: Column | undefined }[];

  constructor(
    private readonly batch: Batch,
    private readonly columns: Columns,
  ) {
    const reading: Reading = { dates: batch.dates, decimal: batch.decimal, currency: batch.currency, country: batch.country, times: 1 };
    this.mapped = batch.columns.flatMap(({ heading, field, times }, at) =>
      field
        ? [{ at, heading, field, column: columns.fields[field], reading: { ...reading, times: (times ?? 1) as Reading['times'] } }]
        : [],
    );
    this.defaults = batch.defaults.map(({ field, value }) => ({ field, value, column: columns.fields[field] }));
  }

  read(row: number, cells: string[]): Row {
    const read: Row = { row, values: {}, findings: [], rejected: false };
    const width = this.batch.columns.length;
    if (cells.length !== width && cells.slice(width).some((cell) => cell.trim() !== '')) {
      reject(read, {
        problem: `has ${cells.length} cells where the heading has ${width}`,
        hint: 'a cell with the separator in it stands in quotes',
      });
      return read;
    }
    if (cells.length < width) {
      reject(read, {
        problem: `has ${cells.length} cells where the heading has ${width}`,
        hint: 'perhaps a quote or a line end is out of place',
      });
      return read;
    }
    for (const { at, heading, field, column, reading } of this.mapped) {
      const cell = cells[at]!;
      if (cell.trim() === '') continue;
      this.take(read, field, column, cell, reading, heading);
    }
    for (const { field, value, column } of this.defaults) {
      const reading: Reading = { dates: this.batch.dates, decimal: this.batch.decimal, currency: this.batch.currency, times: 1 };
      if (read.values[field] === undefined) this.take(read, field, column, value, reading);
    }
    for (const field of this.columns.required)
      if (read.values[field] === undefined && !read.rejected) reject(read, { field, problem: 'is missing' });
    return read;
  }

  private take(row: Row, field: string, column: Column | undefined, cell: string, reading: Reading, heading?: string): void {
    if (field.startsWith('custom.')) {
      row.values.custom = { ...(row.values.custom as object | undefined), [field.slice('custom.'.length)]: cellText(cell) };
      return;
    }
    // The key of those that have one; else the field is known by the columns, or the settings would not have been taken.
    const said: Cell<unknown> = column ? column.read(cell, reading) : { value: cellText(cell) };
    const about = { ...(heading === undefined ? {} : { column: heading }), field };
    if (said.problem) reject(row, { ...about, problem: said.problem, ...(said.hint ? { hint: said.hint } : {}) });
    else if (said.note) row.findings.push({ row: row.row, severity: 'note', ...about, problem: said.note });
    if (said.value !== undefined && said.value !== '') row.values[field] = said.value;
  }
}

/** The row cannot be taken, for this reason. */
export function reject(row: Row, why: Omit<Finding, 'row' | 'severity'>): void {
  row.rejected = true;
  row.findings.push({ row: row.row, severity: 'rejected', ...why });
}

/** A command's refusal as findings on its row. */
export function rejectFor(row: Row, problem: Problem): void {
  const fields = problem.more.fields ?? [];
  for (const { field, problem: what, hint } of fields.slice(0, 10)) reject(row, { field, problem: what, ...(hint ? { hint } : {}) });
  const details = problem.more.details as { hint?: string } | undefined;
  if (fields.length === 0) reject(row, { problem: problem.detail, ...(details?.hint ? { hint: details.hint } : {}) });
}

const MOST_SAME = 5_000;

/**
 * Documents of a view by a key that many rows share, in one question for all of them.
 *
 * @param op `hasAny` where the field holds several
 */
export async function documentsBy(
  views: Views,
  view: Parameters<Views['list']>[0],
  field: string,
  op: 'in' | 'hasAny',
  keys: readonly string[],
): Promise<Map<string, Named[]>> {
  const found = new Map<string, Named[]>();
  const wanted = new Set(keys);
  for (let from = 0; from < keys.length; from += 500) {
    let cursor: string | undefined;
    let read = 0;
    do {
      const page = await views.list(view, { where: { field, op, value: keys.slice(from, from + 500) }, limit: 1000, cursor, whole: true });
      for (const doc of page.items as Named[])
        for (const key of [doc[field]].flat() as string[]) if (wanted.has(key)) found.set(key, [...(found.get(key) ?? []), doc]);
      cursor = page.next;
      read += page.items.length;
    } while (cursor && read < MOST_SAME);
  }
  return found;
}

type Resolving = {
  /** Whether this is the last time: a record of the same file that is still not there will not come. */
  last: boolean;
  /** Whether a dry run would have made a record of this name. */
  known: (key: string) => boolean;
  /** Brings about what is missing, where naming it is enough. */
  make?: (name: string, key: string, values: Record<string, unknown>) => Promise<Named>;
};

/** Puts the records that a column's cells name in their place. */
export async function resolveColumn(
  views: Views,
  field: string,
  column: Column,
  rows: readonly Row[],
  { last, known, make }: Resolving,
): Promise<void> {
  const refers = column.refers!;
  const asking = rows.filter((row) => !row.rejected && typeof row.values[field] === 'string');
  if (refers.usual && rows.some((row) => row.values[field] === undefined)) {
    const { items } = await views.list(refers.view, { where: { op: 'eq', ...refers.usual }, limit: 1 });
    for (const row of rows) row.values[field] ??= items[0];
  }
  if (asking.length === 0) return;
  const nameOf = (row: Row) => cellText(row.values[field] as string);
  const ids = [...new Set(asking.map(nameOf).filter(isUuid))];
  const byId = new Map((ids.length > 0 ? ((await views.many(refers.view, ids)) as Named[]) : []).map((doc) => [doc.id, doc]));
  const keys = [...new Set(asking.map((row) => refers.key(nameOf(row))))];
  const byKey = await documentsBy(views, refers.view, refers.by, refers.list ? 'hasAny' : 'in', keys);
  for (const row of asking) {
    const typed = nameOf(row);
    const key = refers.key(typed);
    const found = byId.get(typed) ? [byId.get(typed)!] : (byKey.get(key) ?? []);
    delete row.values[field];
    if (found.length > 1) reject(row, { field, problem: 'names more than one record', hint: 'use the id instead' });
    else if (found.length === 1) {
      row.values[field] = found[0];
      const { name } = found[0]!;
      if (typeof name === 'string' && name !== typed && typed !== found[0]!.id && refers.key(name) === key)
        row.findings.push({ row: row.row, severity: 'note', field, problem: `is taken as ${name}` });
    } else if (refers.self && !last) row.later = { field, typed, key };
    else if (refers.make && make) {
      const made = await make(typed, key, row.values);
      byKey.set(key, [made]);
      row.values[field] = made;
    } else if (!refers.self) reject(row, { field, problem: 'names no record that is known' });
    else if (!known(key))
      row.findings.push({ row: row.row, severity: 'note', field, problem: 'names no record that is known; it is left empty' });
  }
}

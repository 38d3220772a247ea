import { Readable } from 'node:stream';
import { notesOf, type AnyView } from '#model';
import { csvLine } from '#records';
import { context, inContext, type Views } from '#runtime';
import { kindOfView, Problem } from '#runtime';
import { ListQuery, MOST_PER_PAGE } from '../list-query.ts';

/** A column of an export: a heading, and the cell a document gives. */
export type Column = { name: string; cell: (doc: Record<string, unknown>) => unknown };

/**
 * A list as CSV, page by page, so that memory stays flat however long it is.
 *
 * @throws Problem 403 unless the caller may export this kind, before the first byte
 */
export async function exportOf(views: Views, view: AnyView, query: ListQuery): Promise<Readable> {
  const ctx = context();
  const kind = kindOfView(view);
  const reach = ctx.permissions.may('export', kind);
  if (!reach) throw new Problem(403, 'forbidden', 'You may not export these.', { rule: ctx.permissions.why('export', kind) });
  const hidden = ctx.permissions.hidden(kind);
  const columns = columnsOf(view).filter(
    (column) =>
      !hidden.includes(column.name.split('.')[0]!) &&
      !view.how.inner?.includes(column.name.split('.')[0]!) &&
      (!query.fields || query.fields.includes(column.name.split('.')[0]!)),
  );
  const request = { ...query, limit: MOST_PER_PAGE, fields: undefined };
  // The first page is read before the answer begins: what is wrong with the query is still a 400.
  let page = await views.list(view, request);
  async function* lines() {
    yield `\ufeff${csvLine(columns.map((column) => column.name))}`;
    for (;;) {
      yield page.items.map((doc) => csvLine(columns.map((column) => column.cell(doc)))).join('');
      if (!page.next) return;
      const cursor = page.next;
      page = await inContext(ctx, () => views.list(view, { ...request, cursor }));
    }
  }
  return Readable.from(lines());
}

/** The columns of a view's shape: money in two, what is nested as JSON. */
export function columnsOf(view: AnyView): Column[] {
  return Object.entries(view.shape.properties).flatMap(([name, schema]): Column[] => {
    const members = notesOf(schema).properties;
    if (members?.amount && members.currency)
      return ['amount', 'currency'].map((part) => ({
        name: `${name}.${part}`,
        cell: (doc) => (doc[name] as Record<string, unknown> | undefined)?.[part],
      }));
    return [{ name, cell: (doc) => doc[name] }];
  });
}

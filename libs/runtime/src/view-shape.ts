import { words, type AnyView, type Children, type Projection } from '#model';
import { isSummary } from './storage.ts';
import { kindOf } from './summaries.ts';

/** Which records a view shows: the kind of its streams; of a summary, what it is keyed by. */
export function kindOfView(view: AnyView): string {
  if (isSummary(view)) return kindOf(view);
  const type = rowsOf(view).handlers[0]!.event.type;
  return type.slice(0, type.lastIndexOf('.'));
}

/** The rows of a view: those of its children are their parents'. */
export const rowsOf = (view: Projection | Children | AnyView): Projection => (view.type === 'children' ? view.of : (view as Projection));

/**
 * What a list is read from. A total of nothing is none, so a summary holds nothing that was removed: the recycle list is that of the rows which the summary of
 * each record is made of.
 */
export const listedFrom = (view: AnyView, removed: boolean | undefined): AnyView =>
  (removed && isSummary(view) && Object.values(view.from).find(({ ref }) => ref === 'id')?.view) || view;

/** The kind of records that a field refers to. */
export function refKind(view: AnyView, field: string): string {
  const schema = view.shape.properties[field] as { ref?: string; items?: { ref?: string } } | undefined;
  return schema?.ref ?? schema?.items?.ref ?? '';
}

/** What is shown of a view's documents; the rest is there to be found by. */
export const shownFields = (view: AnyView) => Object.keys(view.shape.properties).filter((field) => !view.how.inner?.includes(field));

/** Whether what may be seen of a document has every word that is searched for. */
export function says(view: AnyView, doc: Record<string, unknown>, hidden: readonly string[], search: string): boolean {
  const visible = (view.how.words ?? []).filter((field) => !hidden.includes(field));
  const found = words(visible.map((field) => textOf(doc[field])).join('\n'));
  return words(search).every((word) => found.some((one) => one.startsWith(word)));
}

const textOf = (value: unknown): string =>
  value !== null && typeof value === 'object' ? Object.values(value).map(textOf).join('\n') : String(value ?? '');

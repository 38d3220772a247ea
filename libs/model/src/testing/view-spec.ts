import { expect } from '@jest/globals';
import {
  cleanTo,
  emptied,
  foldEvents,
  splitPersonal,
  validate,
  type Children,
  type NewEvent,
  type Projection,
  type Recorded,
  type Summary,
} from '../index.ts';
import { recorded } from './spec.ts';

type ViewThen<Doc> = { then(doc: Doc | undefined): void; thenChildren<Child>(of: Children<Child>, docs: Child[]): void };

/**
 * Folds events into a row as the runtime does. Every event is delivered twice, always; the row is folded once more without its personal parts, which
 * must neither fail nor leave a word of them; and it must fit its shape.
 */
export function viewSpec<Doc>(view: Projection<Doc>): (...events: NewEvent[]) => ViewThen<Doc> {
  return (...events) => {
    const stream = recorded(events);
    const doc = deliver(
      view,
      stream.flatMap((event) => [event, event]),
    );
    if (doc) expect(validate(view.shape, doc)).toEqual([]);
    leavesNothingOfTheErased(view, events, stream);
    return {
      then: (expected) => expect(doc).toEqual(expected),
      thenChildren: (of, expected) => expect(of.each(doc).map((child) => cleanTo(of.shape, child))).toEqual(expected),
    };
  };
}

/** A summary of rows: computed from them in the order given and in the reverse, with the same result. */
export function summarySpec<Doc>(summary: Summary<Doc>) {
  return (id: string, rows: Record<string, unknown[]>) => ({
    then: (expected: Doc) => {
      for (const order of [(list: unknown[]) => list, (list: unknown[]) => [...list].reverse()])
        expect(
          cleanTo(summary.shape, summary.compute(id, Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, order(list)])))),
        ).toEqual(expected);
    },
  });
}

function deliver(view: Projection, events: Recorded[]): any {
  let doc: unknown;
  let revision = 0;
  for (const event of events) {
    if (event.revision <= revision) continue;
    revision = event.revision;
    const next = foldEvents(view.handlers, doc, [event]);
    if (next !== undefined) doc = cleanTo(view.shape, next);
  }
  return doc;
}

function leavesNothingOfTheErased(view: Projection, events: NewEvent[], stream: Recorded[]): void {
  const secrets = new Set<string>();
  const without = stream.map((event, index) => {
    const { open, parts } = splitPersonal(events[index]!.type, event.data, `${event.kind}/r1`);
    for (const part of Object.values(parts))
      for (const [, value] of part) for (const text of textsIn(value)) if (text.length > 3) secrets.add(text);
    return { ...event, data: emptied(events[index]!.type, open), erased: true };
  });
  const shown = JSON.stringify(deliver(view, without) ?? null);
  for (const secret of secrets) expect(shown).not.toContain(JSON.stringify(secret).slice(1, -1));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

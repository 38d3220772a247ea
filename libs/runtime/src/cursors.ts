import type { Cursor } from '#engines/event-bus';
import type { ReadModels } from '#engines/read-models';
import { CURSORS, HOUSE } from './storage.ts';

/** How far each of several things has come in one partition, by name; a bare number where the position says it all. */
export type Positions = Record<string, number | Cursor>;
/** By log and partition. */
export type Cursors = Map<string, Map<number, Cursor>>;

/** Where all of these have been, in one document of `CURSORS`; undefined where one has never been anywhere, or they do not count in the same generation. */
export function leastOf(positions: Positions, names: string[]): Cursor | undefined {
  const found = names.map((name) => cursorOf(positions[name]));
  return found.reduce((least, one) => {
    if (!least || !one || least.generation !== one.generation) return undefined;
    return (one.offset ?? one.position) < (least.offset ?? least.position) ? one : least;
  }, found[0]);
}

/** The same with these moved to a cursor; never backwards within a generation. */
export function moved(positions: Positions, names: string[], to: Cursor): Positions {
  const next = { ...positions };
  for (const name of names) {
    const { position, ...place } = later(cursorOf(positions[name]), to);
    next[name] = place.offset === undefined ? position : { position, ...place };
  }
  return next;
}

/** The further of two cursors; the second where they do not count in the same generation. */
export function later(one: Cursor | undefined, other: Cursor): Cursor {
  if (!one || one.generation !== other.generation) return other;
  if (one.offset === undefined || other.offset === undefined) return one.position > other.position ? one : other;
  return { ...other, position: Math.max(one.position, other.position), offset: Math.max(one.offset, other.offset) };
}

/** How far all of these have come, in every partition they have ever been in. */
export async function readCursors(models: Pick<ReadModels, 'scan'>, names: string[]): Promise<Cursors> {
  const cursors: Cursors = new Map();
  for (const { id, doc } of await models.scan(CURSORS, { tenant: HOUSE, limit: 1000 })) {
    const [log, partition] = id.split('/') as [string, string];
    const cursor = leastOf(positionsOf(doc), names);
    if (!cursor) continue;
    if (!cursors.has(log)) cursors.set(log, new Map());
    cursors.get(log)!.set(Number(partition), cursor);
  }
  return cursors;
}

/** Forgets where these have been: should they be followed again, it is from the first event. */
export async function forgetCursors(models: Pick<ReadModels, 'scan' | 'save'>, names: string[]): Promise<void> {
  let lost = 1;
  while (lost > 0) {
    const kept = await models.scan(CURSORS, { tenant: HOUSE, limit: 1000 });
    const writes = kept.flatMap(({ tenant, id, version, doc }) => {
      const positions = Object.fromEntries(Object.entries(positionsOf(doc)).filter(([name]) => !names.includes(name)));
      if (Object.keys(positions).length === Object.keys(positionsOf(doc)).length) return [];
      return [{ collection: CURSORS, tenant, id, expected: version, revision: 0, doc: { positions } }];
    });
    lost = (await models.save(writes)).length;
  }
}

/** What a document of `CURSORS` holds. */
export const positionsOf = (doc: Record<string, unknown> | undefined): Positions => (doc?.positions ?? {}) as Positions;

const cursorOf = (kept: number | Cursor | undefined): Cursor | undefined => (typeof kept === 'number' ? { position: kept } : kept);

import type { ReadModels } from '#engines/read-models';
import type { AnyView } from '#model';
import { forgetCursors } from './cursors.ts';
import { HOUSE, STORAGES, versionOf } from './storage.ts';

const HOUR = 3_600_000;
/** A version that no process has had for so long has no reader any more, nor will a release be taken back to it. */
const UNUSED = 7 * 24 * HOUR;
/** By then every process has followed a switch to a storage that was built anew. */
const LEFT = 10 * 60_000;

/** `usedAt`: when a process last had this version; `switchedAt`: when another storage of it was begun to be read. */
type Kept = { generation?: number; usedAt?: number; switchedAt?: number };

/**
 * Notes which versions this process has, and drops the storages that nobody reads: of versions no process has had for a week, and those a rebuild has
 * replaced.
 *
 * @param views those of this process
 * @returns the names of what was dropped
 */
export async function tidyStorages(models: ReadModels, views: AnyView[], now: number): Promise<string[]> {
  const mine = new Set(views.map(versionOf));
  const stored = new Map((await models.scan(STORAGES, { tenant: HOUSE, limit: 1000 })).map((one) => [one.id, one]));
  const known = await models.collections();
  const dropped: string[] = [];

  for (const id of new Set([...mine, ...stored.keys()])) {
    const { version = 0, doc = {} } = stored.get(id) ?? {};
    const { generation = 1, usedAt, switchedAt = 0 } = doc as Kept;
    const storages = known.filter((name) => name === id || name.startsWith(`${id}~`));
    // What was never seen to be used is given a week from now.
    const unused = !mine.has(id) && usedAt !== undefined && now - usedAt > UNUSED;
    if (unused) dropped.push(...storages);
    else if (now - switchedAt > LEFT) dropped.push(...storages.filter((name) => generationOf(name) < generation));
    const save = (next: Kept | null) =>
      models.save([{ collection: STORAGES, tenant: HOUSE, id, expected: version, revision: 0, doc: next && { ...doc, ...next } }]);
    if (unused) await save(null);
    else if (usedAt === undefined || (mine.has(id) && now - usedAt > HOUR)) await save({ usedAt: now });
  }
  for (const name of dropped) await models.drop(name);
  if (dropped.length > 0) await forgetCursors(models, dropped);
  return dropped;
}

const generationOf = (storage: string) => Number(/~(\d+)$/.exec(storage)?.[1] ?? 1);

import { setTimeout as delay } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { ModelsUnavailable, type CollectionSpec } from '../port.ts';
import { emptyKept, widened, type Kept } from '../query/spec.ts';
import type { Connection } from './connection.ts';
import { changeOf } from './entry.ts';
import { ANCHOR, indexesOf, keysOf, layoutOf, type Layout, type StoredDoc } from './layout.ts';

/** Where collections are listed with what they were declared with. */
export const CATALOGUE = '_collections';

/**
 * `kept`: what every save fills. `ready`: what can be asked by, for all documents have it and the indexes are there; it follows `kept`. `n` counts the
 * changes and guards them.
 */
type Listed = { _id: string; n: number; kept: Kept; ready: Kept | null };

export type Catalogue = {
  declare(spec: CollectionSpec): Promise<void>;
  /** How documents are saved now. @throws ModelsUnavailable when the collection is not there */
  saving(name: string): Promise<Layout>;
  /** What can be asked by. `anew`: as of now, not as of some seconds ago. */
  asking(name: string, anew?: boolean): Promise<Layout>;
  drop(name: string): Promise<void>;
  names(): Promise<string[]>;
};

type Entry = { saving: Layout; asking: Layout | undefined };

const PAGE = 500;

export function catalogue(connection: Connection, refreshMs: number): Catalogue {
  let known: { at: number; entries: Promise<Map<string, Entry>> } | undefined;
  const listed = () => connection.collection<Listed>(CATALOGUE);

  async function read(): Promise<Map<string, Entry>> {
    const all = await (await listed()).find({}).toArray();
    return new Map(
      all.map(({ _id, kept, ready }) => [_id, { saving: layoutOf(_id, kept), asking: ready ? layoutOf(_id, ready) : undefined }]),
    );
  }

  /** Younger than `refreshMs`; nobody saves by anything older, which is what `declare` counts on. */
  function entries(anew = false): Promise<Map<string, Entry>> {
    const now = performance.now();
    if (!known || anew || now - known.at > refreshMs) {
      const reading = { at: now, entries: read() };
      known = reading;
      reading.entries.catch(() => {
        if (known === reading) known = undefined;
      });
    }
    return known.entries;
  }

  async function entry(name: string, anew: boolean): Promise<Entry> {
    const found = (await entries(anew)).get(name) ?? (anew ? undefined : (await entries(true)).get(name));
    if (!found) throw new ModelsUnavailable(`the collection ${name} is not there yet`);
    return found;
  }

  /** Puts down what a collection is to have. @returns it; undefined when it has all of it already */
  async function put(spec: CollectionSpec): Promise<{ entry: Listed; isNew: boolean } | undefined> {
    for (;;) {
      const all = await listed();
      const former = await all.findOne({ _id: spec.name });
      const kept = widened(former?.kept ?? emptyKept(), spec);
      if (former && same(former.kept, kept)) return former.ready && same(former.ready, kept) ? undefined : { entry: former, isNew: false };
      const entry: Listed = { _id: spec.name, n: (former?.n ?? 0) + 1, kept, ready: former?.ready ?? null };
      if (former) {
        const { matchedCount } = await all.replaceOne({ _id: spec.name, n: former.n }, { n: entry.n, kept, ready: entry.ready });
        if (matchedCount === 1) return { entry, isNew: false };
      } else if (await inserted(all, entry)) return { entry, isNew: true };
      // Somebody else put down something meanwhile: once more, on top of it.
    }
  }

  /** Brings documents saved before up to what is kept of them now, while others save; what was saved meanwhile has it already. */
  async function fill(layout: Layout): Promise<void> {
    const docs = await connection.collection<StoredDoc>(layout.name);
    for (let after = ANCHOR; ;) {
      const page = await docs
        .find({ _id: keysOf(undefined, after) })
        .sort({ _id: 1 })
        .limit(PAGE)
        .toArray();
      if (page.length === 0) return;
      after = page.at(-1)!._id;
      await docs.bulkWrite(
        page.map((doc) => ({ updateOne: { filter: { _id: doc._id, v: doc.v }, update: refilled(layout, doc) } })),
        { ordered: false },
      );
    }
  }

  return {
    async declare(spec) {
      if (spec.name === CATALOGUE) throw new Error(`"${CATALOGUE}" cannot name a collection`);
      for (;;) {
        const work = await put(spec);
        if (!work) return;
        const { entry, isNew } = work;
        const docs = await connection.collection<StoredDoc>(spec.name);
        await inserted(docs, { _id: ANCHOR, t: '', v: 0, r: 0, d: '{}' });
        if (!isNew) {
          // Until then some process may save by what it knew before.
          await delay(2 * refreshMs);
          await fill(layoutOf(spec.name, entry.kept));
        }
        await patiently(() => docs.createIndexes(indexesOf(spec.name, entry.kept)));
        const { matchedCount } = await (await listed()).updateOne({ _id: spec.name, n: entry.n }, { $set: { ready: entry.kept } });
        known = undefined;
        if (matchedCount === 1) return;
      }
    },
    saving: async (name) => (await entry(name, false)).saving,
    async asking(name, anew = false) {
      const found = (await entry(name, anew)).asking ?? (await entry(name, true)).asking;
      if (!found) throw new ModelsUnavailable(`the collection ${name} is being made`);
      return found;
    },
    async drop(name) {
      await (await listed()).deleteOne({ _id: name });
      known = undefined;
      await connection.drop(name);
    },
    names: async () => [...(await entries(true)).keys()].sort(),
  };
}

/** An index that takes longer to build than one waits for an answer goes on being built; asked again, MongoDB waits for it. */
async function patiently(build: () => Promise<unknown>): Promise<void> {
  for (;;)
    try {
      return void (await build());
    } catch (error) {
      if ((error as Error).name !== 'MongoNetworkTimeoutError') throw error;
    }
}

/** @returns whether the document was new */
async function inserted<Doc extends mongo.Document>(
  into: mongo.Collection<Doc>,
  doc: mongo.OptionalUnlessRequiredId<Doc>,
): Promise<boolean> {
  try {
    await into.insertOne(doc);
    return true;
  } catch (error) {
    if (isDuplicate((error as mongo.MongoServerError).code)) return false;
    throw error;
  }
}

export const isDuplicate = (code: unknown): boolean => code === 11000;

function refilled(layout: Layout, { _id, t, r, d, x }: StoredDoc): { $set: Record<string, unknown>; $unset?: Record<string, true> } {
  const id = _id.slice(t.length + 1);
  const { $set, $unset } = changeOf(layout, { tenant: t, id, revision: r }, JSON.parse(d) as Record<string, unknown>, x);
  const { t: _t, r: _r, d: _d, x: _x, ...found } = $set;
  const { x: _none, ...gone } = $unset;
  return Object.keys(gone).length > 0 ? { $set: found, $unset: gone } : { $set: found };
}

/** As sets: only what is missing makes a difference. */
const same = (one: Kept, other: Kept): boolean => JSON.stringify(one) === JSON.stringify(other);

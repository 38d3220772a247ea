import { BadQuery, type ReadModels, type Write } from '../port.ts';
import { catalogue } from './catalogue.ts';
import { connect, translated, type MongoOptions } from './connection.ts';
import { keysOf, type Layout, type StoredDoc } from './layout.ts';
import { count, group, load, query, scan } from './reader.ts';
import { runsOf, saveRun } from './save.ts';

const REFRESH_MS = 5_000;

/**
 * Read models in a MongoDB database, for any number of processes at once. It connects with the first call; while MongoDB is away every call rejects with
 * ModelsUnavailable.
 */
export function openMongoModels(options: MongoOptions): ReadModels {
  const connection = connect(options);
  const collections = catalogue(connection, options.refreshMs ?? REFRESH_MS);
  /** Declarations come one after another: two that widen the same collection must see each other's. */
  let declaring: Promise<unknown> = Promise.resolve();
  const docsOf = (name: string) => connection.collection<StoredDoc>(name);

  /** Asks by the layout at hand, and once more by the newest when a field is not in it: another process may have declared it just now. */
  async function asking<T>(name: string, ask: (layout: Layout) => Promise<T>): Promise<T> {
    try {
      return await ask(await collections.asking(name));
    } catch (error) {
      if (!(error instanceof BadQuery)) throw error;
      return ask(await collections.asking(name, true));
    }
  }

  const models: ReadModels = {
    async declare(specs) {
      const mine = declaring.then(async () => {
        for (const spec of specs) await collections.declare(spec);
      });
      declaring = mine.catch(() => undefined);
      await mine;
    },
    async load(collection, keys) {
      await collections.saving(collection);
      return load(await docsOf(collection), keys);
    },
    async save(writes) {
      const lost: Write[] = [];
      for (const run of runsOf(writes)) {
        const layout = await collections.saving(run[0]!.collection);
        lost.push(...(await saveRun(await docsOf(layout.name), layout, run)));
      }
      return lost;
    },
    query: (asked) => asking(asked.collection, async (layout) => query(await docsOf(layout.name), layout, asked)),
    count: (asked, upTo = 10_000) => asking(asked.collection, async (layout) => count(await docsOf(layout.name), layout, asked, upTo)),
    group: (asked) => asking(asked.collection, async (layout) => group(await docsOf(layout.name), layout, asked)),
    async scan(collection, how) {
      await collections.saving(collection);
      return scan(await docsOf(collection), how);
    },
    async clear(collection, tenant) {
      await collections.saving(collection);
      await (await docsOf(collection)).deleteMany({ _id: keysOf(tenant) });
    },
    drop: (collection) => collections.drop(collection),
    collections: () => collections.names(),
    // No client can overwrite them: docs/operations.md says what the operator does about it.
    scrub: async () => 'what MongoDB’s files, journal and oplog held before is overwritten as they are reused',
    close: () => connection.close(),
  };
  const calls = Object.entries(models).map(([name, call]) => [
    name,
    (...args: unknown[]) => translated(async () => (call as (...args: unknown[]) => unknown)(...args)),
  ]);
  return Object.fromEntries(calls) as ReadModels;
}

import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { BadQuery, ModelsUnavailable, type ReadModels } from '../port.ts';
import { connect, isStaleLayout, translated, type Connection } from './connection.ts';
import { readLayout, type Layout } from './layout.ts';
import { reader } from './reader.ts';
import { writer } from './writer.ts';

/**
 * `cacheMb`: pages SQLite may keep in memory per connection, in MiB (32). `onDamage`: hears that the file holds something else than was written to it;
 * nothing it gives can be trusted from then on.
 */
export type ModelsOptions = { cacheMb?: number; onDamage?: () => void };

/** Says beside a file that it was found damaged. */
const markOf = (file: string) => `${file}.damaged`;

/**
 * As `openReadModels`; a file that another release made, that is damaged, or was found to be when it was last used, is thrown away and begun anew: all it held comes from the logs.
 *
 * @param onRenewed hears of it, and why
 */
export function openOrRenew(file: string, options: ModelsOptions, onRenewed: (why: 'damaged' | 'outdated') => void): ReadModels {
  const renewed = (why: 'damaged' | 'outdated') => {
    for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
    const models = openReadModels(file, options);
    rmSync(markOf(file), { force: true });
    onRenewed(why);
    return models;
  };
  if (existsSync(markOf(file))) return renewed('damaged');
  try {
    return openReadModels(file, options);
  } catch (error) {
    if (error instanceof ModelsUnavailable && (error.damaged || error.outdated)) return renewed(error.damaged ? 'damaged' : 'outdated');
    throw error;
  }
}

/** Models that say so once when their file turns out to be damaged, and leave the mark by which it is begun anew. */
function guarded(models: ReadModels, file: string, onDamage: () => void = () => {}): ReadModels {
  let told = false;
  const calls = Object.entries(models).map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await (call as (...args: unknown[]) => unknown)(...args);
      } catch (error) {
        if (error instanceof ModelsUnavailable && error.damaged && !told) {
          told = true;
          writeFileSync(markOf(file), '');
          onDamage();
        }
        throw error;
      }
    },
  ]);
  return Object.fromEntries(calls) as ReadModels;
}

/**
 * Read models in one SQLite file, reading and writing. There may be one such per file: it alone writes.
 *
 * @throws ModelsUnavailable when the file cannot be opened
 */
export function openReadModels(file: string, { cacheMb = 32, onDamage }: ModelsOptions = {}): ReadModels {
  const connection = connect(file, { readOnly: false, cacheMb });
  const writing = writer(connection);
  const reading = reader(connection);
  const models: ReadModels = {
    declare: (specs) => writing.declare(specs),
    save: (writes) => writing.save(writes),
    together: (work) => writing.together(work),
    clear: (collection, tenant) => writing.clear(collection, tenant),
    drop: (collection) => writing.drop(collection),
    scrub: () => writing.scrub(),
    load: async (collection, keys) => reading.load(writing.layout(collection), keys),
    query: async (query) => reading.query(writing.layout(query.collection), query),
    count: async (query, upTo = 10_000) => reading.count(writing.layout(query.collection), query, upTo),
    group: async (query) => reading.group(writing.layout(query.collection), query),
    scan: async (collection, options) => reading.scan(writing.layout(collection), options),
    collections: async () => reading.collections(),
    close: () => writing.close(),
  };
  return guarded(models, file, onDamage);
}

/**
 * The query side alone, on a connection that cannot write: for the thread that answers while another one writes. The file may come into being later,
 * and collections may be declared, widened or dropped meanwhile.
 */
export function readOnlyModels(file: string, { cacheMb = 32, onDamage }: ModelsOptions = {}): ReadModels {
  let opened: { connection: Connection; reading: ReturnType<typeof reader> } | undefined;
  const layouts = new Map<string, Layout>();
  let closed = false;

  function open() {
    if (closed) throw new ModelsUnavailable('these read models are closed');
    if (!opened) {
      const connection = connect(file, { readOnly: true, cacheMb });
      opened = { connection, reading: reader(connection) };
    }
    return opened;
  }

  function layout(name: string): Layout {
    let known = layouts.get(name);
    if (!known) {
      known = translated(() => readLayout(open().connection, name));
      if (!known) throw new ModelsUnavailable(`the collection ${name} is not there yet`);
      layouts.set(name, known);
    }
    return known;
  }

  /** Once more with the layout as it is now, when the one at hand no longer fits or did not know a field. */
  async function reading<T>(name: string, work: (side: ReturnType<typeof reader>, layout: Layout) => T | Promise<T>): Promise<T> {
    const known = layouts.has(name);
    try {
      return await work(open().reading, layout(name));
    } catch (error) {
      if (!known || !(isStaleLayout(error) || error instanceof BadQuery)) throw error;
      layouts.delete(name);
      return work(open().reading, layout(name));
    }
  }

  const refused = async (): Promise<never> => {
    throw new Error('these read models are for reading only');
  };
  const models: ReadModels = {
    declare: refused,
    save: refused,
    clear: refused,
    drop: refused,
    scrub: refused,
    load: (collection, keys) => reading(collection, (side, at) => side.load(at, keys)),
    query: (query) => reading(query.collection, (side, at) => side.query(at, query)),
    count: (query, upTo = 10_000) => reading(query.collection, (side, at) => side.count(at, query, upTo)),
    group: (query) => reading(query.collection, (side, at) => side.group(at, query)),
    scan: (collection, options) => reading(collection, (side, at) => side.scan(at, options)),
    collections: async () => open().reading.collections(),
    async close() {
      closed = true;
      opened?.connection.close();
      opened = undefined;
    },
  };
  return guarded(models, file, onDamage);
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { ModelsUnavailable, type CollectionSpec, type Write } from '../port.ts';
import { emptyKept, widened } from '../query/spec.ts';
import { asUnavailable, translated, type Connection } from './connection.ts';
import { columnSql, createSql, dropSql, indexSql, keptOf, layoutOf, newColumns, readLayout, type Layout } from './layout.ts';
import { reindex, saver } from './save.ts';

/** Writes in one transaction. Many, for each commit writes every page it touched, and indexes of names and addresses touch nearly all of theirs. */
const PER_TRANSACTION = 4_000;
const SCRUB_TRIES = 200;

/** The one writer of a file. */
export type Writer = {
  declare(specs: CollectionSpec[]): Promise<void>;
  save(writes: Write[]): Promise<Write[]>;
  together<T>(work: () => Promise<T>): Promise<T>;
  clear(collection: string, tenant?: string): Promise<void>;
  drop(collection: string): Promise<void>;
  scrub(): Promise<string>;
  /** After what is being written. */
  close(): Promise<void>;
  layout(name: string): Layout;
};

const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

export function writer(connection: Connection): Writer {
  const layouts = new Map<string, Layout>();
  const tenants = new Map<string, number>();
  /** Declarations come one after another: two that widen the same collection must see each other's. */
  let declaring: Promise<unknown> = Promise.resolve();
  /** Set within work that shares one transaction. */
  const sharing = new AsyncLocalStorage<true>();
  let writing: Promise<unknown> = Promise.resolve();

  /** Whoever writes waits for work that shares a transaction: nobody else's writes get into it. */
  function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const mine = writing.then(work);
    writing = mine.catch(() => undefined);
    return mine;
  }

  function layout(name: string): Layout {
    let known = layouts.get(name);
    if (!known) {
      known = readLayout(connection, name);
      if (!known) throw new Error(`no collection "${name}": it was never declared`);
      layouts.set(name, known);
    }
    return known;
  }

  function tenantOf(name: string): number {
    let n = tenants.get(name);
    if (n === undefined) {
      connection.prepare('INSERT INTO tenants (name) VALUES (?) ON CONFLICT (name) DO NOTHING').run(name);
      n = connection.first({ text: 'SELECT n FROM tenants WHERE name = ?', params: [name] })![0] as number;
      tenants.set(name, n);
    }
    return n;
  }

  async function inTransaction<T>(work: () => T): Promise<T> {
    if (!sharing.getStore()) return inTurn(() => shared(async () => work()));
    // SQLite rolls back by itself after a full disk or an I/O fault: what is left of the work must not be written alone.
    if (!connection.db.isTransaction) throw new ModelsUnavailable('what was to be saved together was rolled back');
    return translated(work);
  }

  function rollBack(): void {
    if (connection.db.isTransaction) connection.db.exec('ROLLBACK');
    // Those first seen in it may be gone with it.
    tenants.clear();
  }

  async function shared<T>(work: () => Promise<T>): Promise<T> {
    translated(() => connection.db.exec('BEGIN IMMEDIATE'));
    try {
      const result = await sharing.run(true, work);
      translated(() => connection.db.exec('COMMIT'));
      return result;
    } catch (error) {
      rollBack();
      throw asUnavailable(error);
    }
  }

  async function declareOne(spec: CollectionSpec): Promise<void> {
    const former = translated(() => readLayout(connection, spec.name));
    const kept = widened(former ? keptOf(former) : emptyKept(), spec);
    if (former && JSON.stringify(kept) === JSON.stringify(keptOf(former))) {
      layouts.set(spec.name, former);
      return;
    }
    if (!former) {
      await inTransaction(() => {
        const n = Number(
          connection.db.prepare('INSERT INTO collections (name, layout) VALUES (?, ?)').run(spec.name, JSON.stringify(kept))
            .lastInsertRowid,
        );
        const made = layoutOf(n, spec.name, kept);
        connection.db.exec(createSql(n, newColumns(made)));
        connection.db.exec(indexSql(made));
        layouts.set(spec.name, made);
      });
      return;
    }
    const grown = layoutOf(former.n, spec.name, kept);
    await inTransaction(() => {
      const columns = columnSql(connection, grown);
      if (columns) connection.db.exec(columns);
    });
    // Saves from here on fill the new columns; those that are there already are filled below, while others work.
    layouts.set(spec.name, grown);
    for (let row: number | undefined = 0; row !== undefined; await breath())
      row = await inTransaction(() => reindex(connection, grown, row!, PER_TRANSACTION));
    await inTransaction(() => {
      connection.db.exec(indexSql(grown));
      connection.db.prepare('UPDATE collections SET layout = ? WHERE n = ?').run(JSON.stringify(kept), grown.n);
    });
  }

  return {
    layout: (name) => translated(() => layout(name)),
    async declare(specs) {
      const mine = declaring.then(async () => {
        for (const spec of specs) await declareOne(spec);
      });
      declaring = mine.catch(() => undefined);
      await mine;
    },
    together: (work) => (sharing.getStore() ? work() : inTurn(() => shared(work))),
    save,
    clear,
    drop,
    scrub,
    close: () => inTurn(() => connection.close()),
  };

  async function save(writes: Write[]): Promise<Write[]> {
    const lost: Write[] = [];
    for (let from = 0; from < writes.length; from += PER_TRANSACTION) {
      if (from > 0) await breath();
      const slice = writes.slice(from, from + PER_TRANSACTION);
      const losers = await inTransaction(() => {
        const work = saver(connection);
        const missed = slice.filter((write) => !work.apply(layout(write.collection), tenantOf(write.tenant), write));
        work.finish();
        return missed;
      });
      lost.push(...losers);
    }
    return lost;
  }

  async function clear(collection: string, tenant?: string): Promise<void> {
    const { n } = translated(() => layout(collection));
    await inTransaction(() => {
      for (const table of ['a', 'w', 'c']) {
        if (tenant === undefined) connection.db.exec(`DELETE FROM ${table}${n}`);
        else connection.db.prepare(`DELETE FROM ${table}${n} WHERE t = (SELECT n FROM tenants WHERE name = ?)`).run(tenant);
      }
    });
  }

  async function drop(collection: string): Promise<void> {
    const found = translated(() => readLayout(connection, collection));
    layouts.delete(collection);
    if (!found) return;
    await inTransaction(() => {
      connection.db.exec(dropSql(found.n));
      connection.db.prepare('DELETE FROM collections WHERE n = ?').run(found.n);
    });
  }

  async function scrub(): Promise<string> {
    // secure_delete clears what is freed, but copies of moved cells stay in the unused middle of pages (a test found them): only writing every
    // page anew gets rid of them. The copy goes to a file, not to memory; it holds nothing but what is there now.
    await inTurn(() =>
      translated(() => {
        connection.db.exec('PRAGMA temp_store = FILE');
        try {
          connection.db.exec('VACUUM');
        } finally {
          connection.db.exec('PRAGMA temp_store = MEMORY');
        }
      }),
    );
    // A reader in the middle of a page holds the log back for a moment.
    for (let tries = 0; tries < SCRUB_TRIES; tries++) {
      const [busy] = (await inTurn(() => translated(() => connection.db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all()))) as {
        busy: number;
      }[];
      if (busy?.busy === 0) return 'deleted text overwritten, the write-ahead log cut off';
      await breath();
    }
    throw new ModelsUnavailable('the write-ahead log could not be emptied: somebody keeps reading it');
  }
}

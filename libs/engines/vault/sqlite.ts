import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { named } from './named.ts';
import { WrongMasterKey, type KeyOfPerson, type MovableVault, type TenantKey, type Tombstone } from './port.ts';
import { unwrap, wrap, type VaultOptions } from './wrapping.ts';

type Wanted = { tenant: string; people: string[]; resolve: (keys: (Uint8Array | 'erased')[]) => void; reject: (error: unknown) => void };

const MOST_KNOWN = 20_000;

/** The vault in a file of its own; every answer that made or destroyed something is durable. @throws WrongMasterKey */
export function openVaultFile(file: string, { masterKey }: VaultOptions): MovableVault {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA busy_timeout=2000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=ON; PRAGMA secure_delete=ON;
    CREATE TABLE IF NOT EXISTS tenants (tenant TEXT NOT NULL, purpose TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (tenant, purpose)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS people (tenant TEXT NOT NULL, person TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (tenant, person)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS tombstones (seq INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, person TEXT NOT NULL, destroyed_at TEXT NOT NULL, UNIQUE (tenant, person));
    CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;`);
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')];
  const person = db.prepare('SELECT wrapped FROM people WHERE tenant = ? AND person = ?');
  const tombstone = db.prepare('SELECT destroyed_at FROM tombstones WHERE tenant = ? AND person = ?');
  const tenantRow = db.prepare('SELECT wrapped FROM tenants WHERE tenant = ? AND purpose = ?');
  checkMaster(db, masterKey);
  const tenantKeys = new Map<string, Uint8Array>();
  /** Keys of people that were just made or asked for: views want those that commands had made. This file has no other writer, so none of them is ever wrong. */
  const known = new Map<string, Uint8Array>();

  const transaction = <T>(work: () => T): T => {
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      // What was made in it was never written.
      tenantKeys.clear();
      known.clear();
      throw error;
    }
  };

  const tenantKey = (tenant: string, purpose: string, offered?: Uint8Array): Uint8Array => {
    const name = `${tenant}\u0000${purpose}`;
    const known = tenantKeys.get(name);
    if (known) return known;
    const row = tenantRow.get(tenant, purpose) as { wrapped: Uint8Array } | undefined;
    const key = row ? unwrap(masterKey, row.wrapped, name) : (offered ?? randomBytes(32));
    if (!row)
      db.prepare('INSERT INTO tenants (tenant, purpose, wrapped) VALUES (?, ?, ?)').run(tenant, purpose, wrap(masterKey, key, name));
    tenantKeys.set(name, key);
    return key;
  };

  const remembered = (tenant: string, name: string, key: Uint8Array): Uint8Array => {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(`${tenant}\u0000${name}`, key);
    return key;
  };

  const keyOf = (tenant: string, name: string): Uint8Array | 'erased' | undefined => {
    const kept = known.get(`${tenant}\u0000${name}`);
    if (kept) return kept;
    const row = person.get(tenant, name) as { wrapped: Uint8Array } | undefined;
    if (row) return remembered(tenant, name, unwrap(tenantKey(tenant, 'people'), row.wrapped, name));
    return tombstone.get(tenant, name) ? 'erased' : undefined;
  };

  /** Keys asked for together are made in one durable write. */
  let waiting: Wanted[] = [];
  const makeAll = () => {
    const group = waiting;
    waiting = [];
    try {
      const made = transaction(() => group.map(({ tenant, people }) => people.map((name) => makeOne(tenant, name))));
      for (const [index, { resolve }] of group.entries()) resolve(made[index]!);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  const insert = db.prepare(
    `INSERT INTO people (tenant, person, wrapped) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM tombstones WHERE tenant = ?1 AND person = ?2)
     ON CONFLICT DO NOTHING`,
  );
  const makeOne = (tenant: string, name: string, key: Uint8Array = randomBytes(32)): Uint8Array | 'erased' => {
    const { changes } = insert.run(tenant, name, wrap(tenantKey(tenant, 'people'), key, name));
    return changes === 1 ? remembered(tenant, name, key) : keyOf(tenant, name)!;
  };

  return named(hasErrorCode, {
    keys: async (tenant, people) => people.map((name) => keyOf(tenant, name)),

    async make(tenant, people) {
      const found = people.map((name) => known.get(`${tenant}\u0000${name}`));
      if (found.every((key) => key !== undefined)) return found;
      return new Promise((resolve, reject) => {
        waiting.push({ tenant, people, resolve, reject });
        if (waiting.length === 1) setImmediate(makeAll);
      });
    },

    async destroy(tenant, people, at) {
      const times = transaction(() =>
        people.map((name) => {
          known.delete(`${tenant}\u0000${name}`);
          db.prepare('DELETE FROM people WHERE tenant = ? AND person = ?').run(tenant, name);
          db.prepare('INSERT OR IGNORE INTO tombstones (tenant, person, destroyed_at) VALUES (?, ?, ?)').run(tenant, name, at);
          return (tombstone.get(tenant, name) as { destroyed_at: string }).destroyed_at;
        }),
      );
      // secure_delete leaves copies of moved cells in the unused middle of pages; a vacuum writes every page anew. Then the log of changes goes.
      db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
      return times;
    },

    async tombstones(after, limit) {
      const rows = db
        .prepare('SELECT seq, tenant, person, destroyed_at AS destroyedAt FROM tombstones WHERE seq > ? ORDER BY seq LIMIT ?')
        .all(after, limit);
      return rows.map((row) => ({ ...row })) as Tombstone[];
    },

    tenantKey: async (tenant, purpose) => tenantKey(tenant, purpose),

    async tenantKeys() {
      const rows = db.prepare('SELECT tenant, purpose FROM tenants ORDER BY tenant, purpose').all() as {
        tenant: string;
        purpose: string;
      }[];
      return rows.map(({ tenant, purpose }): TenantKey => ({ tenant, purpose, key: tenantKey(tenant, purpose) }));
    },

    async people(after, limit) {
      const rows = db
        .prepare('SELECT tenant, person, wrapped FROM people WHERE (tenant, person) > (?, ?) ORDER BY tenant, person LIMIT ?')
        .all(after.tenant, after.person, limit) as { tenant: string; person: string; wrapped: Uint8Array }[];
      return rows.map(({ tenant, person, wrapped }): KeyOfPerson => ({
        tenant,
        person,
        key: unwrap(tenantKey(tenant, 'people'), wrapped, person),
      }));
    },

    takeTenantKey: async ({ tenant, purpose, key }) => tenantKey(tenant, purpose, key),
    takePeople: async (people) => transaction(() => people.map(({ tenant, person, key }) => makeOne(tenant, person, key))),

    async note(name, value) {
      db.prepare('INSERT INTO notes (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(name, value);
    },

    async notes(prefix) {
      const rows = db
        .prepare('SELECT name, value FROM notes WHERE name >= ?1 AND name < ?1 || char(1114111) ORDER BY name LIMIT 1000')
        .all(prefix);
      return Object.fromEntries(rows.map(({ name, value }) => [name as string, value as string]));
    },

    close: async () => db.close(),
  });
}

/** Every tenant's key is wrapped by the same one: where the first can be opened, all can. */
function checkMaster(db: DatabaseSync, masterKey: Uint8Array): void {
  const first = db.prepare('SELECT tenant, purpose, wrapped FROM tenants LIMIT 1').get() as
    { tenant: string; purpose: string; wrapped: Uint8Array } | undefined;
  try {
    if (first) unwrap(masterKey, first.wrapped, `${first.tenant}\u0000${first.purpose}`);
  } catch (error) {
    db.close();
    throw new WrongMasterKey({ cause: error });
  }
}

const hasErrorCode = (error: unknown) => typeof (error as { errcode?: unknown }).errcode === 'number';

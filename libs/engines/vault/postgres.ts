import { randomBytes } from 'node:crypto';
import { bytesArray, connectTo, migrate, PostgresFault, schemaName, textArray, type Reach } from '#engines/postgres';
import { groupCommit } from '../event-store/group-commit.ts';
import { named } from './named.ts';
import {
  VaultUnavailable,
  WrongMasterKey,
  type KeyOfPerson,
  type MovableVault,
  type TenantKey,
  type Tombstone,
  type Vault,
} from './port.ts';
import { VAULT_MIGRATIONS } from './postgres-schema.ts';
import { unwrap, wrap, type VaultOptions } from './wrapping.ts';

export type PostgresVaultOptions = VaultOptions & {
  /** A database of its own, so that it has its own users and back-ups: `postgres://user:password@host:port/database?sslmode=verify-full&…` */
  url: string;
  /** Default: `rapport_vault`. */
  schema?: string;
  /** How many connections it may use. Default 4. */
  connections?: number;
  /** How long the server may take for a statement, in milliseconds. Default 10 s. */
  timeout?: number;
};

type Key = Uint8Array | 'erased';
type Wanted = { tenant: string; people: string[] };

const MOST_PEOPLE = 1000;

/**
 * The vault in a schema of a PostgreSQL database, of which any number of processes may hold one. Brings the schema up to date first. Whatever it is
 * asked may be asked twice, so a lost connection only means asking again.
 *
 * @throws VaultUnavailable when the server cannot be reached, is too old, or would lose what it acknowledges
 * @throws WrongMasterKey
 */
export async function openPostgresVault(options: PostgresVaultOptions): Promise<MovableVault> {
  const { url, masterKey, schema = 'rapport_vault', connections: most = 4, timeout = 10_000 } = options;
  const reach: Reach = { url, name: 'rapport vault', timeout };
  await migratePostgresVault({ url, schema });
  const connections = await connectTo(reach, most);
  const sql = statements(schema);
  const tenantKeys = new Map<string, Uint8Array>();

  async function tenantKey(tenant: string, purpose: string, key: Uint8Array = randomBytes(32)): Promise<Uint8Array> {
    const name = `${tenant}\u0000${purpose}`;
    const known = tenantKeys.get(name);
    if (known) return known;
    const offered = wrap(masterKey, key, name);
    const [[wrapped]] = (await connections.ask<[Uint8Array]>(sql.tenantKey(tenant, purpose, offered))) as [[Uint8Array]];
    const kept = unwrap(masterKey, wrapped, name);
    tenantKeys.set(name, kept);
    return kept;
  }

  async function keys(tenant: string, people: string[]): Promise<(Key | undefined)[]> {
    const rows = people.length === 0 ? [] : await connections.ask<[Uint8Array | null, boolean]>(sql.keys(tenant, people));
    if (rows.every(([wrapped]) => wrapped === null)) return rows.map(([, erased]) => (erased ? 'erased' : undefined));
    const by = await tenantKey(tenant, 'people');
    return rows.map(([wrapped, erased], i) => (wrapped ? unwrap(by, wrapped, people[i]!) : erased ? 'erased' : undefined));
  }

  /** Keys asked for together are made in one durable write. */
  const making = groupCommit<Wanted, Key[]>({ commit: makeAll, sizeOf: ({ people }) => people.length, most: MOST_PEOPLE });
  async function makeAll(group: Wanted[]) {
    const made = await take(group.flatMap(({ tenant, people }) => people.map((person) => ({ tenant, person, key: randomBytes(32) }))));
    let from = 0;
    return group.map(({ people }) => ({ value: made.slice(from, (from += people.length)) }));
  }

  /** @returns the keys that are kept now: those that were there, else those given */
  async function take(wanted: KeyOfPerson[]): Promise<Key[]> {
    const by = new Map<string, Uint8Array>();
    for (const { tenant } of wanted) if (!by.has(tenant)) by.set(tenant, await tenantKey(tenant, 'people'));
    const offered = wanted.map(({ tenant, person, key }) => wrap(by.get(tenant)!, key, person));
    const rows = await connections.ask<[Uint8Array | null]>(sql.make(wanted, offered));
    return rows.map(([wrapped], i): Key => (wrapped ? unwrap(by.get(wanted[i]!.tenant)!, wrapped, wanted[i]!.person) : 'erased'));
  }

  const vault = named((error) => error instanceof PostgresFault, {
    keys,
    async make(tenant, people) {
      const found = await keys(tenant, people);
      return found.every((key) => key !== undefined) ? found : making.add({ tenant, people }, 'interactive');
    },
    destroy: async (tenant, people, at) => (await connections.ask<[string]>(sql.destroy(tenant, people, at))).map(([time]) => time),
    async tombstones(after, limit) {
      const rows = await connections.ask<[number, string, string, string]>(sql.tombstones(after, limit));
      return rows.map(([seq, tenant, person, destroyedAt]): Tombstone => ({ seq, tenant, person, destroyedAt }));
    },
    tenantKey: (tenant, purpose) => tenantKey(tenant, purpose),
    async tenantKeys() {
      const rows = await connections.ask<[string, string]>(sql.tenants());
      return Promise.all(
        rows.map(async ([tenant, purpose]): Promise<TenantKey> => ({ tenant, purpose, key: await tenantKey(tenant, purpose) })),
      );
    },
    async people(after, limit) {
      const rows = await connections.ask<[string, string, Uint8Array]>(sql.people(after.tenant, after.person, limit));
      const found: KeyOfPerson[] = [];
      for (const [tenant, person, wrapped] of rows)
        found.push({ tenant, person, key: unwrap(await tenantKey(tenant, 'people'), wrapped, person) });
      return found;
    },
    takeTenantKey: ({ tenant, purpose, key }) => tenantKey(tenant, purpose, key),
    takePeople: take,
    note: async (name, value) => void (await connections.ask(sql.note(name, value))),
    notes: async (prefix) => Object.fromEntries(await connections.ask<[string, string]>(sql.notes(prefix))),
    async close() {
      await making.idle();
      await connections.close();
    },
  });
  try {
    await checkMaster(vault);
  } catch (error) {
    await vault.close();
    throw error;
  }
  return vault;
}

/**
 * Brings the vault's schema up to date, once, whoever else does the same at the moment; what `openPostgresVault` does first.
 *
 * @returns the versions that were applied now
 * @throws VaultUnavailable
 */
export async function migratePostgresVault({
  url,
  schema = 'rapport_vault',
}: Pick<PostgresVaultOptions, 'url' | 'schema'>): Promise<number[]> {
  return migrate({ url, name: 'rapport vault migration', timeout: 0 }, schemaName(schema), VAULT_MIGRATIONS).catch((error: unknown) => {
    if (!(error instanceof PostgresFault)) throw error;
    throw new VaultUnavailable(`the vault cannot be used: ${error.message}`, { cause: error });
  });
}

/** Keys of nobody, made with the vault: a process with another master key must not make keys that the others cannot open. */
async function checkMaster(vault: Vault): Promise<void> {
  try {
    await vault.tenantKey('', 'master key');
  } catch (error) {
    if (error instanceof VaultUnavailable) throw error;
    throw new WrongMasterKey({ cause: error });
  }
}

function statements(schema: string) {
  const keys = `SELECT p.wrapped, t.seq IS NOT NULL FROM unnest($2::text[]) WITH ORDINALITY m(person, n)
    LEFT JOIN ${schema}.people p ON p.tenant = $1 AND p.person = m.person AND p.person = ANY ($2::text[])
    LEFT JOIN ${schema}.tombstones t ON t.tenant = $1 AND t.person = m.person
    ORDER BY m.n`;
  const tombstones = `SELECT seq, tenant, person, destroyed_at FROM ${schema}.tombstones WHERE seq > $1 ORDER BY seq LIMIT $2`;
  const notes = `SELECT name, value FROM ${schema}.notes WHERE starts_with(name, $1) ORDER BY name LIMIT 1000`;
  return {
    keys: (tenant: string, people: string[]) => ({ name: 'keys', text: keys, values: [tenant, textArray(people)] }),
    make: (wanted: { tenant: string; person: string }[], offered: Uint8Array[]) => ({
      name: 'make',
      text: `SELECT * FROM ${schema}.make($1, $2, $3)`,
      values: [textArray(wanted.map(({ tenant }) => tenant)), textArray(wanted.map(({ person }) => person)), bytesArray(offered)],
    }),
    destroy: (tenant: string, people: string[], at: string) => ({
      text: `SELECT * FROM ${schema}.destroy($1, $2, $3)`,
      values: [tenant, textArray(people), at],
    }),
    tombstones: (after: number, limit: number) => ({ text: tombstones, values: [after, limit] }),
    /** Not the keys of nobody; see `checkMaster`. */
    tenants: () => ({ text: `SELECT tenant, purpose FROM ${schema}.tenants WHERE tenant <> '' ORDER BY tenant, purpose`, values: [] }),
    people: (tenant: string, person: string, limit: number) => ({
      text: `SELECT tenant, person, wrapped FROM ${schema}.people WHERE (tenant, person) > ($1, $2) ORDER BY tenant, person LIMIT $3`,
      values: [tenant, person, limit],
    }),
    note: (name: string, value: string) => ({ text: `SELECT ${schema}.note($1, $2)`, values: [name, value] }),
    notes: (prefix: string) => ({ text: notes, values: [prefix] }),
    tenantKey: (tenant: string, purpose: string, offered: Uint8Array) => ({
      text: `SELECT ${schema}.tenant_key($1, $2, $3)`,
      values: [tenant, purpose, offered],
    }),
  };
}

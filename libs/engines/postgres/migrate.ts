import { openSession, type Reach, type Session } from './connections.ts';
import { PostgresFault } from './faults.ts';

/** One step of a schema. Steps are never changed once released; each must leave the release before it working, unless it `breaks`. */
export type Migration = { version: number; what: string; breaks?: true; sql: (schema: string) => string };

/** A migration waits for other sessions' locks no longer than this, and takes as long as it takes. */
const LOCK_TIMEOUT = '30s';
const OLDEST_SERVER = 140_000;

/**
 * Brings a schema up to date, once, whoever else tries at the same moment: under a lock, in one transaction, so that a process killed in between
 * leaves nothing. A schema that a newer release has moved on is left as it is.
 *
 * @returns the versions that were applied now
 * @throws PostgresFault when the server cannot be reached, is too old, would lose acknowledged writes, or the schema is of a release this one cannot work with
 */
export async function migrate(reach: Reach, schema: string, migrations: Migration[]): Promise<number[]> {
  const session = await openSession({ ...reach, timeout: 0 });
  try {
    await checkServer(session);
    await session.run('BEGIN');
    await session.run(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await session.run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`rapport migrations ${schema}`]);
    const applied = await apply(session, schema, migrations);
    await session.run('COMMIT');
    return applied;
  } finally {
    await session.close();
  }
}

async function apply(session: Session, schema: string, migrations: Migration[]): Promise<number[]> {
  const [[known]] = (await session.run<[string | null]>('SELECT to_regclass($1)::text', [`${schema}.migrations`])) as [[string | null]];
  const found = known === null ? [] : await session.run<[number, boolean]>(`SELECT version, breaks FROM ${schema}.migrations`);
  const newest = migrations.at(-1)!.version;
  if (found.some(([version, breaks]) => version > newest && breaks))
    throw new PostgresFault('refused', `the schema ${schema} was made by a newer release`);
  const done = new Set(found.map(([version]) => version));
  const missing = migrations.filter(({ version }) => !done.has(version));
  if (known === null) await make(session, schema);
  for (const { version, what, breaks = false, sql } of missing) {
    await session.run(sql(schema));
    await session.run(`INSERT INTO ${schema}.migrations (version, what, breaks) VALUES ($1, $2, $3)`, [version, what, breaks]);
  }
  return missing.map(({ version }) => version);
}

/** The schema may have been made beforehand, for a user who may not make any. */
async function make(session: Session, schema: string) {
  const [[there]] = (await session.run<[boolean]>('SELECT to_regnamespace($1) IS NOT NULL', [schema])) as [[boolean]];
  if (!there) await session.run(`CREATE SCHEMA ${schema}`);
  await session.run(
    `CREATE TABLE ${schema}.migrations (version int PRIMARY KEY, what text NOT NULL, breaks boolean NOT NULL, at timestamptz NOT NULL DEFAULT now())`,
  );
}

/** @throws PostgresFault when this server cannot keep the promises made on it */
async function checkServer(session: Session) {
  const names = ['server_version_num', 'server_encoding', 'fsync', 'full_page_writes', 'synchronous_commit'];
  const [row] = await session.run<string[]>(`SELECT ${names.map((name) => `current_setting('${name}')`).join(', ')}`);
  const [version, encoding, fsync, pages, commit] = row as [string, string, string, string, string];
  const wrong = [
    Number(version) < OLDEST_SERVER && 'PostgreSQL 14 or newer is needed',
    encoding !== 'UTF8' && `the database's encoding must be UTF8, and is ${encoding}`,
    fsync !== 'on' && 'fsync must be on',
    pages !== 'on' && 'full_page_writes must be on',
    !['on', 'remote_apply'].includes(commit) && `synchronous_commit must be on, and is ${commit}`,
  ].filter((sentence) => sentence !== false);
  if (wrong.length > 0) throw new PostgresFault('refused', wrong.join('; '));
}

/** A guard at the top of every function that writes: settings can change while a server runs. */
export const onlyDurable = `
  IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') OR current_setting('fsync') <> 'on'
     OR current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION USING ERRCODE = 'RP001', MESSAGE = 'what is acknowledged could be lost under the settings of this session';
  END IF;`;

/** @throws RangeError when it could not stand in SQL as it is */
export function schemaName(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(name)) throw new RangeError(`${name} cannot name a schema: small letters, digits and _ can`);
  return name;
}

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { engineUnderTest } from '../../../tools/engines/under-test.mjs';

/** A PostgreSQL for one suite, and a way in behind the back of what is tested. */
export type PostgresUnderTest = {
  url: string;
  /** For the name of the suite. */
  against: string;
  /** Why there is none; then nothing here can be used. */
  skipped?: string;
  /** Runs a statement as the owner of the server. */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** A session of its own, to hold a transaction open; closed by `stop` at the latest. */
  session(): Promise<pg.Client>;
  /** A name nothing has yet; what is made under it is dropped by `stop`. */
  freshSchema(): string;
  /** Waits until a query gives a row, and gives it. */
  until<Row extends object>(text: string, values?: unknown[]): Promise<Row>;
  stop(): Promise<void>;
};

/** Runs one statement in a session of its own. */
export async function sqlAt<Row extends object>(url: string, text: string, values?: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Finds the PostgreSQL of a suite: see tools/engines/under-test.mjs. */
export async function postgresUnderTest(): Promise<PostgresUnderTest> {
  const engine = await engineUnderTest('postgres');
  const skipped = 'skipped' in engine ? engine.skipped : undefined;
  const url = 'skipped' in engine ? '' : engine.address;
  const sessions: pg.Client[] = [];
  const schemas: string[] = [];

  async function session() {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined); // a server that is killed by its own test
    await client.connect();
    sessions.push(client);
    return client;
  }

  return {
    url,
    against: 'skipped' in engine ? 'a real server' : engine.against,
    skipped,
    sql: (text, values) => sqlAt(url, text, values),
    session,
    freshSchema() {
      const schema = `t_${randomBytes(6).toString('hex')}`;
      schemas.push(schema);
      return schema;
    },
    async until(text, values) {
      const client = await session();
      for (;;) {
        const [row] = (await client.query(text, values)).rows;
        if (row) return row;
      }
    },
    async stop() {
      if (skipped) return;
      await Promise.all(sessions.map((client) => client.end()));
      for (const schema of schemas) await sqlAt(url, `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await (engine as { stop: () => Promise<void> }).stop();
    },
  };
}

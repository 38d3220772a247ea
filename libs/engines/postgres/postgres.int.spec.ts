import { postgresUnderTest } from '../testing/postgres.ts';
import { proxyTo } from '../testing/proxy.ts';
import { bigintArray, bytesArray, connectTo, intArray, migrate, PostgresFault, textArray, type Migration } from '#engines/postgres';

const postgres = await postgresUnderTest();

(postgres.skipped ? describe.skip : describe)(`connections and migrations: PostgreSQL against ${postgres.against}`, () => {
  afterAll(() => postgres.stop());
  const reach = () => ({ url: postgres.url, name: 'test', timeout: 10_000 });

  const table = (version: number): Migration => ({
    version,
    what: `table ${version}`,
    sql: (schema) => `CREATE TABLE ${schema}.t${version} (n int)`,
  });
  const tablesIn = async (schema: string) =>
    (await postgres.sql<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1`, [schema])).map(
      ({ name }) => name,
    );

  describe('migrations', () => {
    it('run once, whoever starts at the same moment', async () => {
      const schema = postgres.freshSchema();
      const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(reach(), schema, [table(1), table(2)])));
      expect(applied.filter((versions) => versions.length > 0)).toEqual([[1, 2]]);
      expect(await migrate(reach(), schema, [table(1), table(2), table(3)])).toEqual([3]);
      expect(await tablesIn(schema)).toEqual(['migrations', 't1', 't2', 't3']);
    });

    it('leave nothing of a run that failed', async () => {
      const schema = postgres.freshSchema();
      const broken: Migration = { version: 2, what: 'nonsense', sql: () => 'CREATE TABLE' };
      await expect(migrate(reach(), schema, [table(1), broken])).rejects.toMatchObject({ kind: 'refused' });
      expect(await tablesIn(schema)).toEqual([]);
      expect(await migrate(reach(), schema, [table(1), table(2)])).toEqual([1, 2]);
    });

    it('let an older release run beside a newer one, unless it cannot work with what that has made', async () => {
      const schema = postgres.freshSchema();
      await migrate(reach(), schema, [table(1), table(2)]);
      expect(await migrate(reach(), schema, [table(1)])).toEqual([]);
      await migrate(reach(), schema, [table(1), table(2), { ...table(3), breaks: true }]);
      await expect(migrate(reach(), schema, [table(1), table(2)])).rejects.toThrow('made by a newer release');
    });

    it('use a schema that was made for a user who may not make any', async () => {
      const schema = postgres.freshSchema();
      await postgres.sql(`CREATE ROLE ${schema} LOGIN PASSWORD 'only here'`);
      await postgres.sql(`CREATE SCHEMA ${schema} AUTHORIZATION ${schema}`);
      const url = Object.assign(new URL(postgres.url), { username: schema, password: 'only%20here' }).href;
      expect(await migrate({ ...reach(), url }, schema, [table(1)])).toEqual([1]);
      await postgres.sql(`DROP OWNED BY ${schema} CASCADE`);
      await postgres.sql(`DROP ROLE ${schema}`);
    });
  });

  it('carries arrays as they are', async () => {
    const connections = await connectTo(reach(), 1);
    const texts = ['', 'Łukasz', '{"a":"\\u0000\\ud800"}', 'x'.repeat(100_000), ',{}"\\ NULL'];
    const ints = [0, -1, 2 ** 31 - 1];
    const bigs = [0, -1, Number.MAX_SAFE_INTEGER];
    const text = 'SELECT $1::text[], $2::int[], $3::bigint[], $4::bytea[], $5::text[], cardinality($5::text[])';
    const bytes = [new Uint8Array(0), new Uint8Array([0, 255, 1])];
    const values = [textArray(texts), intArray(ints), bigintArray(bigs), bytesArray(bytes), textArray([])];
    const [row] = await connections.send<[string[], number[], string[], Buffer[], string[], number]>({ text, values });
    expect(row!.slice(0, 2)).toEqual([texts, ints]);
    expect(row![2].map(Number)).toEqual(bigs);
    expect(row![3].map((part) => [...part])).toEqual([[], [0, 255, 1]]);
    expect(row!.slice(4)).toEqual([[], 0]);
    await connections.close();
  });

  it('says what is wrong, and never what was sent', async () => {
    const faults = async (change: (url: URL) => void) => {
      const url = new URL(postgres.url);
      change(url);
      const connections = await connectTo({ ...reach(), url: url.href }, 1);
      const fault = await connections.send({ text: `SELECT 1` }).catch((error: unknown) => error);
      await connections.close();
      return fault;
    };
    expect(await faults((url) => (url.password = 'wrong'))).toMatchObject({
      kind: 'unreachable',
      message: 'PostgreSQL refused the password',
    });
    expect(await faults((url) => (url.pathname = '/none'))).toMatchObject({
      kind: 'unreachable',
      message: 'PostgreSQL has no such database',
    });
    expect(await faults((url) => (url.port = '1'))).toMatchObject({
      kind: 'unreachable',
      message: 'PostgreSQL cannot be reached (ECONNREFUSED)',
    });
    const connections = await connectTo(reach(), 1);
    const fault = await connections.send({ text: 'SELECT $1::int', values: ['a secret'] }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(PostgresFault);
    expect((fault as Error).message).toBe('PostgreSQL answered with error 22P02');
    await connections.close();
  });

  it('makes no more connections than it may, and replaces those that fell silent', async () => {
    const proxy = await proxyTo(postgres.url);
    const connections = await connectTo({ url: proxy.url, name: 'bounded', timeout: 1_000 }, 2);
    await Promise.all(Array.from({ length: 20 }, () => connections.send({ text: 'SELECT 1' })));
    const sessions = await postgres.sql(`SELECT 1 FROM pg_stat_activity WHERE application_name = 'bounded'`);
    expect(sessions).toHaveLength(2);
    proxy.hold('answers');
    const silent = await Promise.allSettled([1, 2].map(() => connections.send({ text: 'SELECT 1' })));
    expect(silent).toMatchObject([1, 2].map(() => ({ status: 'rejected', reason: { kind: 'lost' } })));
    expect(await connections.send({ text: 'SELECT 1' })).toEqual([[1]]);
    await connections.close();
    await proxy.close();
  });
});

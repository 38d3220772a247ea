import { randomBytes } from 'node:crypto';
import { openPostgresVault, type Vault } from '#engines/vault';
import { postgresUnderTest } from '../testing/postgres.ts';
import { proxyTo } from '../testing/proxy.ts';
import { movableVaultContract, vaultContract } from './contract.ts';

const postgres = await postgresUnderTest();
const masterKey = randomBytes(32);
const [FIRST, LATER] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'];
afterAll(() => postgres.stop());

const onASchema = postgres.skipped
  ? undefined
  : async () => {
      const schema = postgres.freshSchema();
      const open = () => openPostgresVault({ url: postgres.url, schema, masterKey });
      let vault = await open();
      return {
        vault,
        async reopen() {
          await vault.close();
          return (vault = await open());
        },
        close: () => vault.close(),
      };
    };
vaultContract(`PostgreSQL against ${postgres.against}`, onASchema);
movableVaultContract(`PostgreSQL against ${postgres.against}`, onASchema);

(postgres.skipped ? describe.skip : describe)(`a vault of several processes: PostgreSQL against ${postgres.against}`, () => {
  let schema: string;
  let vaults: Vault[];
  beforeEach(() => {
    schema = postgres.freshSchema();
    vaults = [];
  });
  afterEach(async () => void (await Promise.all(vaults.map((vault) => vault.close()))));

  async function open(url = postgres.url): Promise<Vault> {
    const vault = await openPostgresVault({ url, schema, masterKey });
    vaults.push(vault);
    return vault;
  }

  it('gives the same keys to processes that make them at the same moment', async () => {
    const [one, other, third] = await Promise.all([open(), open(), open()]);
    const people = Array.from({ length: 100 }, (_, i) => `c/${i}`);
    const made = await Promise.all([one.make('t', people), other.make('t', people.toReversed()), third.make('t', people)]);
    expect(made[1].toReversed()).toEqual(made[0]);
    expect(made[2]).toEqual(made[0]);
    const fingerprints = await Promise.all(vaults.map((vault) => vault.tenantKey('t', 'fingerprints')));
    expect(fingerprints[1]).toEqual(fingerprints[0]);
  });

  it('makes no key that another destroys at the same moment', async () => {
    const [one, other] = [await open(), await open()];
    for (let round = 0; round < 10; round++) {
      const person = `c/${round}`;
      const [, times] = await Promise.all([one.make('t', [person]), other.destroy('t', [person], FIRST)]);
      expect(times).toEqual([FIRST]);
      expect(await one.keys('t', [person])).toEqual(['erased']);
      const { rows } = await inside(`SELECT count(*)::int AS kept FROM ${schema}.people WHERE person = $1`, [person]);
      expect(rows).toEqual([{ kept: 0 }]);
    }
  });

  it('shows tombstones in the order of their numbers, whoever leaves them', async () => {
    const [one, other] = [await open(), await open()];
    const destroyed = Array.from({ length: 20 }, (_, i) => [one, other][i % 2]!.destroy('t', [`c/${i}`, `d/${i}`], LATER));
    await Promise.all(destroyed);
    expect((await one.tombstones(0, 100)).map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('leaves nothing of a destroyed key in the files of the server, nor in its statistics', async () => {
    const vault = await open();
    const people = Array.from({ length: 300 }, (_, i) => `c/${i}`);
    await vault.make('t', people);
    const { rows } = await inside(`SELECT encode(wrapped, 'hex') AS wrapped FROM ${schema}.people WHERE person = 'c/7'`);
    const { wrapped } = rows[0] as { wrapped: string };
    expect(await filesHolding(wrapped)).toHaveLength(1);
    await vault.destroy('t', ['c/7'], FIRST);
    await inside('ANALYZE');
    expect(await filesHolding(wrapped)).toEqual([]);
    expect((await inside(`SELECT 1 FROM pg_stats WHERE schemaname = $1 AND attname = 'wrapped'`, [schema])).rows).toEqual([]);
    expect((await vault.keys('t', people)).filter((key) => key === 'erased')).toHaveLength(1);
  });

  it('refuses a process with another master key', async () => {
    await open();
    const other = openPostgresVault({ url: postgres.url, schema, masterKey: randomBytes(32) });
    await expect(other).rejects.toThrow('made under another master key');
  });

  it('asks again when its connections were lost, and says so when the server is away', async () => {
    const proxy = await proxyTo(postgres.url);
    const vault = await open(proxy.url);
    const [key] = await vault.make('t', ['c/1']);
    proxy.cut();
    expect(await vault.keys('t', ['c/1'])).toEqual([key]);
    proxy.open = false;
    proxy.cut();
    await expect(vault.keys('t', ['c/1'])).rejects.toMatchObject({ name: 'VaultUnavailable' });
    await expect(vault.make('t', ['c/2'])).rejects.toMatchObject({ name: 'VaultUnavailable' });
    proxy.open = true;
    expect(await vault.keys('t', ['c/1', 'c/2'])).toEqual([key, undefined]);
    await vault.close();
    vaults = [];
    await proxy.close();
  });

  it('destroys nothing while somebody copies it, says so, and destroys when the copy is made', async () => {
    const vault = await open();
    await vault.make('t', ['c/1']);
    const copy = await postgres.session();
    await copy.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM ${schema}.people`);
    await expect(vault.destroy('t', ['c/1'], FIRST)).rejects.toMatchObject({ name: 'VaultUnavailable' });
    expect(await vault.keys('t', ['c/1'])).toEqual([expect.any(Uint8Array)]);
    await copy.query('COMMIT');
    expect(await vault.destroy('t', ['c/1'], LATER)).toEqual([LATER]);
  });

  async function inside(text: string, values?: unknown[]) {
    return { rows: await postgres.sql<object>(text, values) };
  }

  /** The tables and indexes of the vault whose files hold these bytes. */
  async function filesHolding(hex: string): Promise<object[]> {
    await inside('CHECKPOINT');
    const { rows } = await inside(
      `SELECT c.relname FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'i')
       AND position(decode($2, 'hex') IN pg_read_binary_file(pg_relation_filepath(c.oid))) > 0`,
      [schema, hex],
    );
    return rows;
  }
});

import { openPostgresLog, type EventStore } from '#engines/event-store';
import { postgresUnderTest } from '../../testing/postgres.ts';
import { eventStoreContract, type LogUnderTest } from '../contract.ts';
import { sampleEvents } from '../samples.ts';

const postgres = await postgresUnderTest();
afterAll(() => postgres.stop());

async function freshLog(): Promise<LogUnderTest> {
  const schema = postgres.freshSchema();
  const open = () => openPostgresLog({ url: postgres.url, log: 'sales', schema, pollEvery: 50 });
  let store: EventStore = await open();
  return {
    store,
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    async tamper({ tenant, stream, revision }, change) {
      const where = `WHERE tenant = $1 AND stream = $2 AND revision = $3`;
      const at = [tenant, stream, revision];
      const [row] = await postgres.sql<{ body: string }>(`SELECT body FROM ${schema}.events ${where}`, at);
      if (change) await postgres.sql(`UPDATE ${schema}.events SET body = $4 ${where}`, [...at, change(row!.body)]);
      else await postgres.sql(`DELETE FROM ${schema}.events ${where}`, at);
    },
    close: () => store.close(),
  };
}

eventStoreContract(`PostgreSQL against ${postgres.against}`, postgres.skipped ? undefined : freshLog);

(postgres.skipped ? describe.skip : describe)(`what is acknowledged is durable: PostgreSQL against ${postgres.against}`, () => {
  const [TENANT, DESKS] = ['acme', 'sales.opportunity/desks'];
  let schema: string;
  let samples: ReturnType<typeof sampleEvents>;
  let stores: EventStore[];
  let users: string[];
  beforeEach(() => {
    schema = postgres.freshSchema();
    samples = sampleEvents();
    [stores, users] = [[], []];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    for (const name of users) await postgres.sql(`DROP OWNED BY ${name} CASCADE; DROP ROLE ${name}`);
  });

  async function open(url = postgres.url): Promise<EventStore> {
    const store = await openPostgresLog({ url, log: 'sales', schema });
    stores.push(store);
    return store;
  }

  /** A user who owns nothing yet, with a setting of its own. */
  async function user(setting = ''): Promise<string> {
    const name = postgres.freshSchema();
    await postgres.sql(`CREATE ROLE ${name} LOGIN PASSWORD 'only here'`);
    await postgres.sql(`DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ${name}', current_database()); END $$`);
    if (setting) await postgres.sql(`ALTER ROLE ${name} SET ${setting}`);
    users.push(name);
    return Object.assign(new URL(postgres.url), { username: name, password: 'only%20here' }).href;
  }

  it('needs no more of its user than the right to make a schema', async () => {
    const store = await open(await user());
    expect(await store.append([samples.next(TENANT, DESKS), samples.next('globex', DESKS)])).toMatchObject({ position: 2 });
    expect(await store.readLog(0, 10)).toHaveLength(2);
  });

  it.each(['synchronous_commit = off', 'synchronous_commit = local'])('%s is refused at the start', async (how) => {
    const refused = open(await user(how));
    await expect(refused).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: expect.stringMatching('synchronous_commit must be on'),
    });
  });

  it('is checked with every append: settings can change meanwhile', async () => {
    const url = await user();
    const store = await open(url);
    const { username } = new URL(url);
    await store.append([samples.next(TENANT, DESKS)]);
    await postgres.sql(`ALTER ROLE ${username} SET synchronous_commit = off`);
    await postgres.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1`, [username]);
    await expect(store.append([samples.next(TENANT, DESKS)])).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: expect.stringMatching('PostgreSQL would lose what it acknowledges'),
    });
    expect(await store.head()).toBe(1);
  });

  it('holds under whatever isolation the user is set to', async () => {
    const store = await open(await user("default_transaction_isolation = 'serializable'"));
    const other = await open();
    const appends = Array.from({ length: 20 }, (_, i) => [store, other][i % 2]!.append([samples.next(TENANT, `sales.opportunity/${i}`)]));
    expect((await Promise.all(appends)).map(({ position }) => position).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });
});

import { openPostgresLog, type EventStore } from '#engines/event-store';
import { postgresUnderTest } from '../../testing/postgres.ts';
import { eventStoreContract, type LogUnderTest } from '../contract.ts';

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

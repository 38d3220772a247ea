import { openKurrentLog, type EventStore } from '#engines/event-store';
import { eventStoreContract, type LogUnderTest } from '../contract.ts';
import { prefixOf, streamNameOf } from './names.ts';
import { startDouble } from './testing/double.ts';

async function onTheDouble(): Promise<LogUnderTest> {
  const double = await startDouble();
  const open = () => openKurrentLog({ url: double.url, log: 'sales' });
  let store: EventStore = await open();
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await open());
    },
    tamper: async ({ tenant, stream, revision }, change) =>
      double.records.tamper(streamNameOf(prefixOf('sales'), tenant, stream), revision - 1, change),
    async close() {
      await store.close();
      await double.stop();
    },
  };
}

eventStoreContract('KurrentDB against a gRPC double in test code', onTheDouble);

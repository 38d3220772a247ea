import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleEvents } from '../../event-store/samples.ts';
import { embeddedBus, type Trouble } from '#engines/event-bus';
import { sqliteEventStore } from '#engines/event-store';
import { eventBusContract } from '../contract.ts';

async function twoLogs() {
  const folder = await mkdtemp(join(tmpdir(), 'bus-'));
  const open = (log: string) => sqliteEventStore({ log, file: join(folder, `${log}.db`) });
  const logs = { sales: open('sales'), contacts: open('contacts') };
  return {
    logs,
    async close() {
      await Promise.all(Object.values(logs).map((log) => log.close()));
      await rm(folder, { recursive: true });
    },
  };
}

const atOnce = () => new Promise<void>((resolve) => setImmediate(resolve));

eventBusContract('embedded, over SQLite logs', async () => {
  const { logs, close } = await twoLogs();
  const bus = embeddedBus(logs, { delay: atOnce });
  return {
    bus,
    logs,
    async close() {
      await bus.close();
      await close();
    },
  };
});

it('tells of every failed attempt, and waits longer each time', async () => {
  const { logs, close } = await twoLogs();
  const [waits, troubles]: [number[], Trouble[]] = [[], []];
  const delay = async (attempt: number) => void waits.push(attempt);
  const bus = embeddedBus(logs, { delay, onTrouble: (trouble) => troubles.push(trouble) });
  await logs.sales.append([sampleEvents().next('acme', 'sales.opportunity/desks')]);
  let failures = 3;
  await new Promise<void>((resolve) =>
    bus.consume({
      group: 'views',
      logs: ['sales'],
      from: async () => undefined,
      onBatch: async () => {
        if (failures-- > 0) throw new Error('away');
      },
      onLevel: () => resolve(),
    }),
  );
  expect(waits).toEqual([1, 2, 3]);
  expect(troubles).toMatchObject([1, 2, 3].map((attempt) => ({ group: 'views', log: 'sales', attempt, error: { message: 'away' } })));
  await bus.close();
  await close();
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BusBatch } from '#engines/event-bus';
import { openReadModels, type ReadModels } from '#engines/read-models';
import { by, Count, defineEvent, hashed, Id, projection, Ref, start, summary, type AnyView, type StoredEvent } from '#model';
import { openSealer } from '#privacy';
import { Parking, RUNTIME_COLLECTIONS, Storages } from '#runtime';
import { Lane } from './lane.ts';

const Ordered = defineEvent('shop.order.ordered', { customerId: Ref('shop.customer') });
const orderRow = projection(
  'shop.order-row',
  { id: Id, customerId: Ref('shop.customer') },
  { version: 1, access: 'everyone' },
  start(Ordered, (e) => ({ ...e.data, id: e.recordId })),
);
const customerOrders = summary(
  'shop.customer-orders',
  { id: Ref('shop.customer'), orders: Count },
  { version: 1, access: 'everyone', from: { orders: by(orderRow, 'customerId') } },
  (id, { orders }) => ({ id, orders: orders.length }),
);

function ordered(position: number, customerId: string): StoredEvent {
  const stream = `shop.order/o${position}`;
  const at = '2026-01-01T00:00:00.000Z';
  const body = {
    id: `e${position}`,
    type: Ordered.type,
    schemaVersion: 1,
    tenant: 't',
    stream,
    revision: 1,
    recordedAt: at,
    occurredAt: at,
    actor: 'ann',
  };
  const command = { commandId: `c${position}`, bodyHash: '', correlationId: `c${position}`, causationId: '', traceparent: '' };
  return { ...hashed({ ...body, ...command, about: [stream, `shop.customer/${customerId}`], data: { customerId } }, ''), position };
}
const batch = (...events: StoredEvent[]): BusBatch => ({
  log: 'shop',
  partition: 0,
  events,
  cursor: { position: events.at(-1)!.position },
});

let folder: string;
let models: ReadModels;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-lane-'));
  models = openReadModels(join(folder, 'm.db'));
});
afterEach(async () => {
  await models.close();
  rmSync(folder, { recursive: true });
});

/** A lane on these models; nothing here is personal, so the vault is never asked. */
async function laneOn(engine: ReadModels, into?: ReadonlyMap<AnyView, string>): Promise<Lane> {
  const sealer = openSealer({ vault: undefined as never, clock: Date.now });
  const contents = { service: 'shop', views: [orderRow, customerOrders] as AnyView[], reactions: [] };
  await engine.declare(RUNTIME_COLLECTIONS);
  const storages = new Storages(engine);
  await storages.refresh();
  const lane = new Lane({ models: engine, sealer, clock: Date.now }, contents, storages, new Parking(engine), {
    projections: [orderRow],
    extras: true,
    into,
  });
  await lane.open();
  await lane.from('shop', 0);
  return lane;
}

/** The engine goes away when the first summary is to be saved. */
function failing(engine: ReadModels): ReadModels {
  let failed = false;
  return {
    ...engine,
    async save(writes) {
      if (!failed && writes.some(({ collection }) => collection.startsWith(customerOrders.name))) {
        failed = true;
        throw new Error('the read models are away');
      }
      return engine.save(writes);
    },
  };
}
const rows = async () => (await models.scan('shop.order-row@1', { limit: 10 })).length;
const total = async () => (await models.load('shop.customer-orders@1', [{ tenant: 't', id: 'acme' }]))[0]?.doc.orders;
const first = batch(ordered(1, 'acme'), ordered(2, 'acme'));

it('saves rows and what is summed up from them together where the engine can', async () => {
  const lane = await laneOn(failing(models));
  await expect(lane.apply(first)).rejects.toThrow('away');
  expect([await rows(), await total()]).toEqual([0, undefined]);
  await lane.apply(first);
  expect([await rows(), await total()]).toEqual([2, 2]);
});

it('finishes what a crash left between rows and summaries where the engine cannot', async () => {
  const { together: _, ...apart } = models;
  const lane = await laneOn(failing(apart));
  await expect(lane.apply(first)).rejects.toThrow('away');
  expect([await rows(), await total()]).toEqual([2, undefined]);
  // The process ends here; another one takes over.
  const next = await laneOn(apart);
  expect(await total()).toBe(2);
  await next.apply(first);
  expect([await rows(), await total()]).toEqual([2, 2]);
});

it('leaves to others what a crash left of summaries that they keep elsewhere', async () => {
  const { together: _, ...apart } = models;
  const elsewhere = new Map<AnyView, string>([[customerOrders, `${customerOrders.name}@2`]]);
  await expect((await laneOn(failing(apart), elsewhere)).apply(first)).rejects.toThrow('away');
  await laneOn(apart);
  expect(await total()).toBeUndefined();
  await laneOn(apart, elsewhere);
  expect((await models.load(`${customerOrders.name}@2`, [{ tenant: 't', id: 'acme' }]))[0]?.doc.orders).toBe(2);
});

it('finishes what a save that failed has left, when the batch comes again', async () => {
  const { together: _, ...apart } = models;
  const lane = await laneOn(failing(apart));
  await expect(lane.apply(first)).rejects.toThrow('away');
  await lane.apply(first);
  expect([await rows(), await total()]).toEqual([2, 2]);
});

describe('batches of several partitions that wait at the same time', () => {
  const ofThree = [1, 2, 3].map((at) => ({ ...batch(ordered(at, 'acme')), partition: at }));

  it('are applied as one: their rows, what is summed up from all of them, and every cursor', async () => {
    let bulk = 0;
    const lane = await laneOn({ ...models, together: (work) => (bulk++, models.together!(work)) });
    const applied = await Promise.all(ofThree.map((one) => lane.apply(one)));
    expect([await rows(), await total(), bulk]).toEqual([3, 3, 1]);
    expect(applied.map(({ partition, position }) => [partition, position])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(applied.flatMap(({ changes }) => changes.map(({ id }) => id)).sort()).toEqual(['acme', 'o1', 'o2', 'o3']);
    const next = await laneOn(models);
    for (const { partition, cursor } of ofThree) expect(await next.from('shop', partition)).toEqual(cursor);
  });

  it('wait for none of them that cannot be applied', async () => {
    const { together: _, ...apart } = models;
    const refusing: ReadModels = {
      ...apart,
      async save(writes) {
        if (writes.some(({ id }) => id === 'o2')) throw new Error('the read models refuse it');
        return apart.save(writes);
      },
    };
    const lane = await laneOn(refusing);
    const settled = await Promise.allSettled(ofThree.map((one) => lane.apply(one)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([await rows(), await total()]).toEqual([2, 2]);
  });
});

it('moves its cursor over what does not concern it only now and then, and never back', async () => {
  const lane = await laneOn(models);
  await lane.apply(first);
  await lane.apply({ log: 'shop', partition: 0, events: [], cursor: { position: 500 } });
  expect(await (await laneOn(models)).from('shop', 0)).toEqual({ position: 2 });
  await lane.apply({ log: 'shop', partition: 0, events: [], cursor: { position: 20_000 } });
  expect(await (await laneOn(models)).from('shop', 0)).toEqual({ position: 20_000 });
});

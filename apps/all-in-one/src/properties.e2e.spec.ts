import { randomInt, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { BusBatch, EventBus } from '#engines/event-bus';
import { openReadModels } from '#engines/read-models';
import type { StoredEvent } from '#model';
import { openProjector, type Runtime } from '#runtime';
import { testApp, type TestApp } from '#testing/service';
import { MODULES } from './services.ts';
import { held, seen, snapshotOf, step, World, type Step } from './testing/world.ts';

const SERVICES = ['workspace', 'contacts', 'sales'];
const seed = Number(process.env.PROPERTIES_SEED ?? randomInt(2 ** 31));
const histories: Step[][] = fc.sample(fc.array(step, { minLength: 25, maxLength: 45 }), { numRuns: 8, seed });

let app: TestApp;
const worlds: World[] = [];
beforeAll(async () => {
  app = await testApp(MODULES);
  for (const [number, history] of histories.entries()) {
    const world = new World(app, `tenant${number}`);
    worlds.push(world);
    await world.begin();
    for (const one of history) await world.act(one);
  }
}, 60_000);
afterAll(() => app.close());

const snapshot = (tenant?: string) => snapshotOf(app, SERVICES, tenant);

/** Delivers logs as a bus with partitions may: their batches interleaved in any way and several at once, many of them twice. The order of a stream holds. */
function unrulyBus(logs: Record<string, Runtime['engines']['log']>, random: () => number): EventBus {
  return {
    async consume({ logs: names, onBatch, onLevel }) {
      const queues: BusBatch[][] = [];
      for (const log of names) {
        const partitions = new Map<number, StoredEvent[]>();
        for (const event of (await logs[log]!.readLog(0, 1_000_000)) as StoredEvent[]) {
          const partition = [...event.stream].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 7, 0);
          partitions.set(partition, [...(partitions.get(partition) ?? []), event]);
        }
        for (const [partition, events] of partitions) {
          const batches: BusBatch[] = [];
          for (let from = 0; from < events.length;) {
            const some = events.slice(from, (from += 1 + Math.floor(random() * 40)));
            batches.push({ log, partition, events: some, cursor: { position: some.at(-1)!.position } });
          }
          queues.push(batches);
        }
      }
      const deliver = async (batch: BusBatch): Promise<void> => {
        const twice = random() < 0.4;
        await onBatch(batch).catch((error: Error) => {
          if (!error.message.includes('another writer was quicker')) throw error;
          return deliver(batch);
        });
        if (twice) await deliver(batch);
      };
      while (queues.some((queue) => queue.length > 0)) {
        // Several partitions at once, as a bus does; of one the next only after the one before.
        const ready = queues.filter((queue) => queue.length > 0);
        const some = Array.from({ length: Math.min(3, ready.length) }, () => ready.splice(Math.floor(random() * ready.length), 1)[0]!);
        await Promise.all(some.map((queue) => deliver(queue.shift()!)));
      }
      for (const log of names) onLevel?.(log, 0, { position: 0 });
      return { lag: async () => ({}), stop: async () => {} };
    },
    head: async () => 0,
    reached: () => 0,
    onReached: () => () => {},
    close: async () => {},
  };
}

const clusters = async ({ client }: World, resource: string): Promise<string[]> =>
  ((await client.get(`/${resource}?limit=200`)).body as { id: string }[]).map(({ id }) => id);

describe(`for histories of seed ${seed}`, () => {
  it('as of now is now', async () => {
    for (const world of worlds)
      for (const resource of ['contacts', 'accounts'])
        for (const id of await clusters(world, resource)) {
          const now = (await world.client.get(`/${resource}/${id}/360`)).body;
          for (const query of ['asOf=2099-01-01', 'knownAt=2099-01-01T00:00:00Z', 'asOf=2099-01-01&knownAt=2099-01-01T00:00:00Z']) {
            const { asOf: _, knownAt: __, ...then } = (await world.client.get(`/${resource}/${id}/360?${query}`)).body;
            expect({ query, id, ...then }).toEqual({ query, id, ...now });
          }
        }
  }, 60_000);

  it('delivered twice, and interleaved otherwise between streams, comes to the same', async () => {
    await app.settled();
    let state = seed;
    const random = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
    const logs = Object.fromEntries(SERVICES.map((service) => [service, app.runtime(service).engines.log]));
    for (const service of SERVICES) {
      const runtime = app.runtime(service);
      const models = openReadModels(join(app.folder, `${service}.unruly.sqlite`));
      const projector = openProjector(runtime.parts, { ...runtime.engines, models, bus: unrulyBus(logs, random) }, {});
      await projector.start();
      expect(await held(runtime, models)).toEqual(await held(runtime, runtime.engines.models));
      await projector.stop();
      await models.close();
    }
  }, 60_000);

  it('merging and taking apart again comes to what was before', async () => {
    let merged = 0;
    for (const world of worlds)
      for (const resource of ['contacts', 'accounts']) {
        const [first, second] = await clusters(world, resource);
        if (!first || !second) continue;
        const before = seen(await snapshot(world.tenant));
        const merging = await world.client.post(`/${resource}/${first}/merge`, { absorbedId: second });
        expect(merging).toMatchObject({ status: 200, body: { id: first } });
        expect(seen(await snapshot(world.tenant))).not.toEqual(before);
        expect((await world.client.post(`/${resource}/${first}/unmerge`, { releasedId: second })).status).toBe(200);
        expect(seen(await snapshot(world.tenant))).toEqual(before);
        merged++;
      }
    expect(merged).toBeGreaterThan(0);
  }, 60_000);

  it('undone, everything is as it was before', async () => {
    for (const [number, world] of worlds.entries()) {
      const before = seen(await snapshot(world.tenant));
      const correlation = randomUUID();
      for (const one of histories[(number + 1) % histories.length]!.slice(0, 20))
        await world.act(one, { 'rapport-correlation': correlation });
      expect(seen(await snapshot(world.tenant))).not.toEqual(before);
      for (const service of ['sales', 'contacts']) {
        const undone = (await world.client.post(`/services/${service}/undo`, { correlation })).body;
        expect({ conflicts: undone.conflicts ?? [], cannot: undone.cannot ?? [] }).toEqual({ conflicts: [], cannot: [] });
      }
      expect(seen(await snapshot(world.tenant))).toEqual(before);
    }
  }, 60_000);

  it('erased, a person has left no word in any file; and everything is rebuilt to what it is', async () => {
    for (const { client, contacts } of worlds) {
      const id = (
        await client.post('/contacts', { name: 'Perpetua Vanishing', jobTitle: 'Quaestor', emails: [{ address: 'perpetua@example.com' }] })
      ).body.id;
      await client.post('/activities', { kind: 'note', about: [`contacts.contact/${id}`], subject: 'likes marzipan', contactId: id });
      await client.patch(`/contacts/${id}`, { name: 'Perpetua Vanished' });
      const other = contacts[0];
      if (other) await client.post(`/contacts/${id}/merge`, { absorbedId: other });
      const { body } = await client.get(`/contacts/${id}`);
      const erased = await client.post(`/contacts/${id}/erase`, { confirm: [id, ...(body.members as string[])] });
      expect([erased.status, erased.text]).toEqual([200, expect.any(String)]);
    }
    await app.settled();
    for (const file of readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
      statSync(join(app.folder, one)).isFile(),
    )) {
      const text = readFileSync(join(app.folder, file)).toString('latin1').toLowerCase();
      for (const word of ['perpetua', 'quaestor', 'marzipan']) expect([file, word, text.includes(word)]).toEqual([file, word, false]);
    }
    const before = await snapshot();
    for (const service of SERVICES)
      for (const view of app.runtime(service).parts.views)
        if (view.type === 'projection') await app.running.get(service)!.operations.rebuild(view.name);
    expect(await snapshot()).toEqual(before);
  }, 120_000);
});

import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { EventBus } from '#engines/event-bus';
import type { EventStore } from '#engines/event-store';
import { openMongoModels, openReadModels } from '#engines/read-models';
import { openProjector } from '#runtime';
import { testApp, type TestApp } from '#testing/service';
import { engineUnderTest } from '../../../tools/engines/under-test.mjs';
import { MODULES } from './services.ts';
import { held, seen, snapshotOf, step, World, type Step } from './testing/world.ts';

const engine = await engineUnderTest('mongo');
const against = 'skipped' in engine ? 'nothing here' : engine.against;

const SERVICES = ['workspace', 'contacts', 'sales'];
const seed = Number(process.env.PROPERTIES_SEED ?? randomInt(2 ** 31));
const histories = fc.sample(fc.array(step, { minLength: 25, maxLength: 40 }), { numRuns: 3, seed });

/** Delivers one log after the other, whole. */
const oneByOne = (logs: Record<string, EventStore>): EventBus => ({
  async consume({ logs: names, onBatch, onLevel }) {
    for (const log of names) {
      const events = (await logs[log]?.readLog(0, 1_000_000)) ?? [];
      const cursor = { position: events.at(-1)?.position ?? 0 };
      if (events.length > 0) await onBatch({ log, partition: 0, events, cursor });
      onLevel?.(log, 0, cursor);
    }
    return { lag: async () => ({}), stop: async () => {} };
  },
  head: async (log) => (await logs[log]?.head()) ?? 0,
  reached: (_log, cursors) => cursors.get(0)?.position ?? 0,
  onReached: () => () => {},
  close: async () => {},
});

/** The whole application with its views, summaries, journals, cursors, marks and to-dos in MongoDB. */
('skipped' in engine ? describe.skip : describe)(`services on MongoDB against ${against}, for histories of seed ${seed}`, () => {
  let app: TestApp;
  const worlds: World[] = [];
  beforeAll(async () => {
    const [url, database] = ['address' in engine ? engine.address : '', `t${randomUUID().slice(0, 8)}`];
    app = await testApp(MODULES, { models: (service) => openMongoModels({ url, database: `${database}_${service}` }) });
    for (const [number, history] of histories.entries()) {
      const world = new World(app, `tenant${number}`);
      worlds.push(world);
      await world.begin();
      for (const one of history) await acted(world, one);
    }
  }, 120_000);
  afterAll(async () => {
    await app?.close();
    if ('stop' in engine) await engine.stop();
  });

  /** One thing after another, seen by every view before the next. */
  async function acted(world: World, one: Step, headers?: Record<string, string>): Promise<void> {
    await world.act(one, headers);
    await app.settled();
  }
  const snapshot = (tenant?: string) => snapshotOf(app, SERVICES, tenant);

  it('holds what SQLite holds of the same logs', async () => {
    await app.settled();
    const logs = Object.fromEntries(SERVICES.map((service) => [service, app.runtime(service).engines.log]));
    for (const service of SERVICES) {
      const runtime = app.runtime(service);
      const models = openReadModels(join(app.folder, `${service}.beside.sqlite`));
      const projector = openProjector(runtime.parts, { ...runtime.engines, models, bus: oneByOne(logs) }, {});
      await projector.start();
      expect(await held(runtime, models)).toEqual(await held(runtime, runtime.engines.models));
      await projector.stop();
      await models.close();
    }
  }, 120_000);

  it('undone, everything is as it was before', async () => {
    const [world] = worlds;
    const before = seen(await snapshot(world!.tenant));
    const correlation = randomUUID();
    for (const one of histories[1]!.slice(0, 15)) await acted(world!, one, { 'rapport-correlation': correlation });
    expect(seen(await snapshot(world!.tenant))).not.toEqual(before);
    for (const service of ['sales', 'contacts']) {
      // Contacts judge by what they have heard of deals.
      await app.settled();
      const undone = (await world!.client.post(`/services/${service}/undo`, { correlation })).body;
      expect({ conflicts: undone.conflicts ?? [], cannot: undone.cannot ?? [] }).toEqual({ conflicts: [], cannot: [] });
    }
    expect(seen(await snapshot(world!.tenant))).toEqual(before);
  }, 120_000);

  it('erased, a person has left no word in any document; and everything is rebuilt to what it is', async () => {
    const { client } = worlds[0]!;
    const id = (await client.post('/contacts', { name: 'Perpetua Vanishing', emails: [{ address: 'perpetua@example.com' }] })).body
      .id as string;
    expect((await client.get('/contacts?search=perpetua')).body).toHaveLength(1);
    expect((await client.post(`/contacts/${id}/erase`, { confirm: [id] })).status).toBe(200);
    expect((await client.get('/contacts?search=perpetua')).body).toEqual([]);
    // The certificate says of each store what is true of it.
    expect((await client.get(`/contacts/${id}/erasure`)).body.sweeps[0].stores).toContainEqual({
      store: 'read models',
      how: expect.stringMatching(/^rows folded again without the person; what MongoDB/),
    });
    const before = await snapshot();
    expect(JSON.stringify(before).toLowerCase()).not.toContain('perpetua');
    for (const service of SERVICES)
      for (const view of app.runtime(service).parts.views)
        if (view.type === 'projection') await app.running.get(service)!.operations.rebuild(view.name);
    expect(await snapshot()).toEqual(before);
  }, 120_000);
});

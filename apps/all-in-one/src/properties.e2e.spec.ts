import { randomInt, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { BusBatch, EventBus } from '#engines/event-bus';
import { openReadModels, type ReadModels } from '#engines/read-models';
import type { StoredEvent } from '#model';
import { openProjector, type Runtime } from '#runtime';
import { testApp, type Client, type TestApp } from '#testing/service';
import { MODULES } from './services.ts';

const SERVICES = ['workspace', 'contacts', 'sales'];
const seed = Number(process.env.PROPERTIES_SEED ?? randomInt(2 ** 31));
const WHAT =
  'contact account deal activity contact deal change change name stage stage win lose reopen line line merge merge unmerge remove restore complete link'.split(
    ' ',
  );
/** One thing that somebody does: to records chosen among those that are there. What the rules refuse changes nothing. */
const step = fc.record({
  what: fc.constantFrom(...WHAT),
  one: fc.nat(1_000),
  other: fc.nat(1_000),
  word: fc.constantFrom('ada', 'Böll', '李 雷', 'מירי', 'O’Hara', 'x y'),
  day: fc.integer({ min: 1, max: 27 }),
});
type Step = { what: string; one: number; other: number; word: string; day: number };
const histories: Step[][] = fc.sample(fc.array(step, { minLength: 25, maxLength: 45 }), { numRuns: 8, seed });

/** A tenant with a history of its own. */
class World {
  readonly client: Client;
  readonly contacts: string[] = [];
  readonly accounts: string[] = [];
  readonly deals: string[] = [];
  readonly activities: string[] = [];
  private stages: string[] = [];
  private pipeline = '';
  private product = '';

  constructor(
    readonly app: TestApp,
    readonly tenant: string,
  ) {
    this.client = app.as('ann', { tenant, roles: ['administrator'] });
  }

  async begin(): Promise<void> {
    const stages = [10, 50, 90].map((probability) => ({ name: `at ${probability}`, probability }));
    const pipeline = (await this.client.post('/pipelines', { name: 'Usual', stages, isDefault: true })).body;
    [this.pipeline, this.stages] = [pipeline.id, pipeline.stages.map((stage: { stageId: string }) => stage.stageId)];
    this.product = (
      await this.client.post('/products', { code: 'P', name: 'Product', prices: [{ amount: '9.99', currency: 'EUR' }] })
    ).body.id;
  }

  /** Does one thing; refused or not, it must not be our fault. */
  async act({ what, one, other, word, day }: Step, headers: Record<string, string> = {}): Promise<void> {
    const pick = (list: string[], at: number) => list[at % Math.max(1, list.length)] ?? randomUUID();
    const at = `2026-03-${String(day).padStart(2, '0')}T10:00:00Z`;
    const [kind, list] = one % 3 === 0 ? (['accounts', this.accounts] as const) : (['contacts', this.contacts] as const);
    const [id, second] = [pick(list, one), pick(list, other)];
    const deal = pick(this.deals, one);
    const any = [`/contacts/${pick(this.contacts, one)}`, `/accounts/${pick(this.accounts, one)}`, `/opportunities/${deal}`][other % 3]!;
    const post = (path: string, body: object = {}) => this.client.post(path, body, headers);
    const make = async (into: string[], path: string, body: object) => {
      // Some of what is recorded today happened before.
      const answer = await this.client.post(path, body, { ...headers, ...(one % 4 === 0 ? { 'rapport-occurred-at': at } : {}) });
      if (answer.status === 201) into.push(answer.body.id as string);
      return answer;
    };
    const value = { amount: `${one}.50`, currency: other % 2 ? 'EUR' : 'USD' };
    const parties = { accountId: pick(this.accounts, one), contactId: pick(this.contacts, other) };
    const done = {
      contact: () => make(this.contacts, '/contacts', { name: word, emails: [{ address: `a${one % 50}@example.com` }], tags: [word] }),
      account: () => make(this.accounts, '/accounts', { name: word, country: 'de' }),
      deal: () =>
        make(this.deals, '/opportunities', {
          name: word,
          pipelineId: this.pipeline,
          ...(this.contacts.length && this.accounts.length ? parties : {}),
          value,
        }),
      activity: () =>
        make(this.activities, '/activities', {
          kind: one % 2 ? 'task' : 'note',
          about: [`contacts.contact/${pick(this.contacts, one)}`],
          subject: word,
        }),
      change: () =>
        this.client.patch(
          `/${kind}/${id}`,
          { tags: [word, `${day}`], source: word, emails: [{ address: `b${other % 50}@example.com` }] },
          headers,
        ),
      name: () => this.client.patch(any, { name: `${word} ${day}` }, headers),
      link: () => this.client.patch(`/contacts/${pick(this.contacts, one)}`, { accountId: pick(this.accounts, other) }, headers),
      stage: () => post(`/opportunities/${deal}/stage`, { stageId: pick(this.stages, other) }),
      win: () => post(`/opportunities/${deal}/win`, other % 2 ? { value } : {}),
      lose: () => post(`/opportunities/${deal}/lose`, { reason: word }),
      reopen: () => post(`/opportunities/${deal}/reopen`),
      line: () => post(`/opportunities/${deal}/lines`, { productId: this.product, quantity: 1 + (other % 9) }),
      merge: () => post(`/${kind}/${id}/merge`, { absorbedId: second }),
      unmerge: () => post(`/${kind}/${id}/unmerge`, { releasedId: second }),
      remove: () => post(`${any}/remove`),
      restore: () => post(`${any}/restore`),
      complete: () => post(`/activities/${pick(this.activities, one)}/complete`),
    }[what]!;
    const answer = await done();
    if (answer.status >= 500) throw new Error(`${what}: ${answer.text}`);
  }
}

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

type Kept = Record<string, Record<string, unknown>>;
/** What views hold: every document of every view, and the journal. */
async function held(runtime: Runtime, models: ReadModels, tenant?: string): Promise<Kept> {
  const found: Kept = {};
  const storages: [string, string][] = runtime.parts.views.map((view) => [view.name, runtime.storages.of(view)]);
  for (const [name, storage] of [...storages, ['journal', 'journal@1'] as const])
    for (const { tenant: of, id, revision, doc } of await models.scan(storage, { tenant, limit: 100_000 }))
      // What is gone may have left a mark that a rebuild has no need of.
      if (!of.startsWith('_') && doc.gone !== true) (found[name] ??= {})[`${of}/${id}`] = { revision, ...doc };
  return found;
}
async function snapshot(tenant?: string): Promise<Kept> {
  await app.settled();
  const all: Kept = {};
  for (const service of SERVICES) {
    const runtime = app.runtime(service);
    await runtime.storages.refresh();
    Object.assign(
      all,
      Object.fromEntries(
        Object.entries(await held(runtime, runtime.engines.models, tenant)).map(([name, docs]) => [`${service}: ${name}`, docs]),
      ),
    );
  }
  return all;
}
/** What people see of it: no journal, nothing removed, no times of change, no choice where nothing is chosen. */
function seen(state: Kept): Kept {
  const shown = (doc: Record<string, unknown>) => {
    const { changedAt: _, stageSince: __, revision: ___, chosen, ...rest } = doc;
    return { ...rest, ...((chosen as unknown[] | undefined)?.length ? { chosen } : {}) };
  };
  const found: Kept = {};
  for (const [name, docs] of Object.entries(state))
    for (const [id, doc] of Object.entries(docs as Record<string, Record<string, unknown>>))
      if (!name.endsWith('journal') && doc.removed !== true) (found[name] ??= {})[id] = shown(doc);
  return found;
}

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
    hint: () => {},
    onHint: () => () => {},
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

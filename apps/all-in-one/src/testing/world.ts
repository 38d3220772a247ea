import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import type { ReadModels } from '#engines/read-models';
import type { Runtime } from '#runtime';
import type { Client, TestApp } from '#testing/service';

const WHAT =
  'contact account deal activity contact deal change change name stage stage win lose reopen line line merge merge unmerge remove restore complete link'.split(
    ' ',
  );
/** One thing that somebody does: to records chosen among those that are there. What the rules refuse changes nothing. */
export const step = fc.record({
  what: fc.constantFrom(...WHAT),
  one: fc.nat(1_000),
  other: fc.nat(1_000),
  word: fc.constantFrom('ada', 'Böll', '李 雷', 'מירי', 'O’Hara', 'x y'),
  day: fc.integer({ min: 1, max: 27 }),
});
export type Step = { what: string; one: number; other: number; word: string; day: number };

/** A tenant with a history of its own. */
export class World {
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

export type Kept = Record<string, Record<string, unknown>>;
/** What views hold: every document of every view, and the journal. */
export async function held(runtime: Runtime, models: ReadModels, tenant?: string): Promise<Kept> {
  const found: Kept = {};
  const storages: [string, string][] = runtime.parts.views.map((view) => [view.name, runtime.storages.of(view)]);
  for (const [name, storage] of [...storages, ['journal', 'journal@2'] as const])
    for (const { tenant: of, id, revision, doc } of await models.scan(storage, { tenant, limit: 100_000 }))
      // What is gone may have left a mark that a rebuild has no need of.
      if (!of.startsWith('_') && doc.gone !== true) (found[name] ??= {})[`${of}/${id}`] = { revision, ...doc };
  return found;
}
/** What these services hold once every view has seen everything. */
export async function snapshotOf(app: TestApp, services: string[], tenant?: string): Promise<Kept> {
  await app.settled();
  const all: Kept = {};
  for (const service of services) {
    const runtime = app.runtime(service);
    await runtime.storages.refresh();
    for (const [name, docs] of Object.entries(await held(runtime, runtime.engines.models, tenant))) all[`${service}: ${name}`] = docs;
  }
  return all;
}

/** What people see of it: no journal, nothing removed, no times of change, no choice where nothing is chosen. */
export function seen(state: Kept): Kept {
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

import { testApp, type Client, type TestApp } from '#testing/service';
import { ContactsModule } from './contacts.module.ts';

let app: TestApp;
let [ann, bob, boss]: Client[] = [];
beforeAll(async () => {
  app = await testApp(ContactsModule);
  [ann, bob, boss] = [app.as('ann'), app.as('bob'), app.as('boss', { roles: ['administrator'] })];
});
afterAll(() => app.close());

const person = (name: string, more: object = {}) => ({
  name,
  emails: [{ address: `${name.split(' ')[0]!.toLowerCase()}@example.com` }],
  ...more,
});
const make = async (who: Client, name: string, more: object = {}) => (await who.post('/contacts', person(name, more))).body.id as string;

describe('a contact', () => {
  it('is made once, however often the request is sent', async () => {
    const first = await ann!.post('/contacts', person('Ada Once'), { 'idempotency-key': 'k1' });
    const again = await ann!.post('/contacts', person('Ada Once'), { 'idempotency-key': 'k1' });
    expect([first.status, again.body]).toEqual([201, first.body]);
    expect((await ann!.post('/contacts', person('Ada Twice'), { 'idempotency-key': 'k1' })).status).toBe(422);
    expect((await ann!.get('/contacts?search=once')).body).toHaveLength(1);
  });

  it('is seen by its owner and whoever reaches further, by nobody else', async () => {
    const id = await make(ann!, 'Seen Only');
    expect((await ann!.get(`/contacts/${id}`)).body).toMatchObject({ name: 'Seen Only', ownerId: 'ann', primaryEmail: 'seen@example.com' });
    expect([(await bob!.get(`/contacts/${id}`)).status, (await boss!.get(`/contacts/${id}`)).status]).toEqual([404, 200]);
    expect((await bob!.patch(`/contacts/${id}`, { name: 'x' })).status).toBe(404);
    expect((await bob!.get('/contacts?search=seen')).body).toEqual([]);
    expect((await bob!.get(`/contacts/${id}/history`)).body.items ?? []).toEqual([]);
  });

  it('is changed only at the revision the caller has seen', async () => {
    const id = await make(ann!, 'Revision Test');
    expect((await ann!.patch(`/contacts/${id}`, { jobTitle: 'Boss' }, { 'if-match': '"7"' })).status).toBe(412);
    const etag = (await ann!.get(`/contacts/${id}`)).headers.etag as string;
    const changed = await ann!.patch(`/contacts/${id}`, { jobTitle: 'Boss' }, { 'if-match': etag });
    expect((await ann!.get(`/contacts/${id}`)).headers.etag).toBe(changed.headers.etag);
    expect([changed.status, changed.headers.etag]).toEqual([200, '"2"']);
  });

  it('goes to the recycle list and comes back', async () => {
    const id = await make(ann!, 'Recycle Me');
    await ann!.post(`/contacts/${id}/remove`, {});
    expect((await ann!.patch(`/contacts/${id}`, { name: 'x' })).status).toBe(409);
    expect((await ann!.get('/contacts?search=recycle')).body).toEqual([]);
    const bin = `/contacts?removed=true&filter=${encodeURIComponent(`id eq "${id}"`)}`;
    expect((await ann!.get(`${bin}&count=true`)).headers['rapport-count']).toBe('1');
    expect((await ann!.get(bin)).body).toEqual([expect.objectContaining({ id, name: 'Recycle Me', lifecycleStage: 'lead' })]);
    await ann!.post(`/contacts/${id}/restore`, {});
    expect((await ann!.get('/contacts?search=recycle')).body).toHaveLength(1);
    expect((await ann!.get(bin)).body).toEqual([]);
  });

  it('is filtered, sorted and paged', async () => {
    const eve = app.as('eve');
    for (const name of ['Zed', 'amy', 'Bea']) await make(eve, name, { lifecycleStage: name === 'Zed' ? 'customer' : 'lead' });
    const names = async (query: string) => (await eve.get(`/contacts?${query}`)).body.map((one: { name: string }) => one.name);
    expect(await names('sort=name')).toEqual(['amy', 'Bea', 'Zed']);
    expect(await names(`sort=-name&filter=${encodeURIComponent('lifecycleStage eq "lead"')}`)).toEqual(['Bea', 'amy']);
    const first = await eve.get('/contacts?sort=name&limit=2&count=true');
    expect([first.body.length, first.headers['rapport-count']]).toEqual([2, '3']);
    expect(await names(`sort=name&limit=2&cursor=${first.headers['rapport-next']}`)).toEqual(['Zed']);
    expect((await eve.get('/contacts?sort=nonsense')).status).toBe(400);
  });
});

describe('merging', () => {
  it('shows one customer with everybody’s words, and unmerging brings back what was before', async () => {
    const [a, b] = [await make(ann!, 'Merge Alpha'), await make(ann!, 'Merge Beta', { jobTitle: 'Chief' })];
    const before = await ann!.get('/contacts?search=merge&sort=name');
    await ann!.post('/activities', { kind: 'note', about: [`contacts.contact/${b}`], subject: 'Said hello' });
    expect((await ann!.post(`/contacts/${a}/merge`, { absorbedId: b, chosen: [{ field: 'jobTitle', memberId: b }] })).status).toBe(200);
    expect((await ann!.get('/contacts?search=beta')).body).toMatchObject([{ id: a, name: 'Merge Alpha', jobTitle: 'Chief', members: [b] }]);
    expect((await ann!.get(`/contacts/${b}`)).body).toMatchObject({ id: a, mergedInto: a });
    const whole = (await ann!.get(`/contacts/${a}/360`)).body;
    expect(whole.activities.items).toMatchObject([{ subject: 'Said hello' }]);
    expect(whole.timeline.map((item: { type: string }) => item.type)).toContain('contacts.activity.recorded');
    expect((await ann!.post(`/contacts/${a}/unmerge`, { releasedId: b })).status).toBe(200);
    const times = ({ changedAt: _, ...rest }: Record<string, unknown>) => rest;
    expect((await ann!.get('/contacts?search=merge&sort=name')).body.map(times)).toEqual(before.body.map(times));
  });

  it('shows what is written into a field after the other’s value was chosen for it', async () => {
    const [a, b] = [await make(ann!, 'Written Alpha', { jobTitle: 'Clerk' }), await make(ann!, 'Written Beta', { jobTitle: 'Chief' })];
    const title = async () => (await ann!.get(`/contacts/${a}`)).body.jobTitle;
    await ann!.post(`/contacts/${a}/merge`, { absorbedId: b, chosen: [{ field: 'jobTitle', memberId: b }] });
    expect(await title()).toBe('Chief');
    await ann!.patch(`/contacts/${a}`, { jobTitle: 'Director' });
    expect(await title()).toBe('Director');
  });
});

describe('as of', () => {
  it('shows a customer as it was, and as it was known', async () => {
    const past = { 'rapport-occurred-at': '2020-01-10T12:00:00Z' };
    const id = (await ann!.post('/contacts', person('Past Person'), past)).body.id as string;
    await ann!.patch(`/contacts/${id}`, { jobTitle: 'Clerk' }, { 'rapport-occurred-at': '2020-02-01T12:00:00Z' });
    await ann!.patch(`/contacts/${id}`, { jobTitle: 'Director' });
    const job = async (query: string) => (await ann!.get(`/contacts/${id}/360?${query}`)).body.profile?.jobTitle;
    expect([await job('asOf=2020-01-15'), await job('asOf=2020-02-02'), await job('')]).toEqual([undefined, 'Clerk', 'Director']);
    expect((await ann!.get(`/contacts/${id}/360?asOf=2019-12-31`)).status).toBe(404);
    expect((await ann!.get(`/contacts/${id}/360?knownAt=2020-02-02`)).status).toBe(404);
    expect((await ann!.get(`/contacts/${id}/360?asOf=2020-02-31`)).status).toBe(400);
  });
});

describe('erasure', () => {
  it('leaves nothing of a person, anywhere, and can show it', async () => {
    const id = await make(boss!, 'Perpetua Vanishing', { jobTitle: 'Quaestor' });
    await boss!.post('/activities', { kind: 'note', about: [`contacts.contact/${id}`], subject: 'Perpetua likes marzipan' });
    expect((await ann!.post(`/contacts/${id}/erase`, {})).status).toBe(404);
    expect((await boss!.post(`/contacts/${id}/erase`, {})).status).toBe(200);
    await app.settled();
    expect((await boss!.get('/contacts?search=perpetua')).body).toEqual([]);
    expect((await boss!.get(`/contacts/${id}`)).body).toMatchObject({ name: '', erased: true });
    expect((await boss!.patch(`/contacts/${id}`, { name: 'New' })).status).toBe(410);
    const whole = JSON.stringify((await boss!.get(`/contacts/${id}/360`)).body);
    expect(whole).not.toMatch(/Perpetua|Quaestor|marzipan/);
    const certificate = (await boss!.get(`/contacts/${id}/erasure`)).body;
    expect(certificate).toMatchObject({ complete: false, sweeps: [{ pass: 'first', service: 'contacts' }] });
    const { readdirSync, readFileSync, statSync } = await import('node:fs');
    const { join } = await import('node:path');
    for (const file of readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
      statSync(join(app.folder, one)).isFile(),
    ))
      expect(readFileSync(join(app.folder, file)).toString('latin1').toLowerCase()).not.toMatch(/perpetua|quaestor|marzipan/);
  });
});

it('a rebuilt view equals the live one', async () => {
  const dump = async (view: string) => {
    const { engines, storages, parts } = app.runtime('contacts');
    await storages.refresh();
    const found = await engines.models.scan(storages.of(parts.views.find((one) => one.name === view)!), { limit: 1000 });
    return found.map(({ id, doc }) => ({ id, doc }));
  };
  for (const view of ['contacts.contact-row', 'contacts.activity-row', 'contacts.contact-card']) {
    const before = await dump(view);
    await app.running.get('contacts')!.operations.rebuild(view);
    expect(await dump(view)).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
  }
});

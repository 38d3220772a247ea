import { testApp, type Client, type TestApp } from '#testing/service';
import { ContactsModule } from './contacts.module.ts';

let app: TestApp;
let [ann, bob, boss]: Client[] = [];
let id: string;
const CORRELATION = '0193c5b0-7e1a-7c3e-9d3f-2b6f0c1d4e5a';
type Item = { id: string; type: string; record: string; actor: string; correlation: string; at: string };
const types = (items: Item[]) => items.map(({ type }) => type);

beforeAll(async () => {
  app = await testApp(ContactsModule);
  [ann, bob, boss] = [app.as('ann'), app.as('bob'), app.as('boss', { roles: ['administrator'] })];
  id = (await ann.post('/contacts', { name: 'Iris Long' })).body.id;
  for (let step = 0; step < 7; step++)
    await ann.patch(`/contacts/${id}`, { jobTitle: `Job ${step}` }, { 'rapport-correlation': CORRELATION });
  await bob.post('/contacts', { name: 'Not Anns' });
});
afterAll(() => app.close());

it('pages through a timeline, at most as many as asked, each once', async () => {
  const seen: Item[] = [];
  let cursor = '';
  do {
    const page = await ann!.get(`/contacts/${id}/timeline?limit=3${cursor}`);
    expect(page.body.length).toBeLessThanOrEqual(3);
    seen.push(...page.body);
    cursor = page.headers['rapport-next'] ? `&cursor=${encodeURIComponent(String(page.headers['rapport-next']))}` : '';
  } while (cursor);
  expect(types(seen)).toEqual([...Array(7).fill('contacts.contact.changed'), 'contacts.contact.created']);
  expect(new Set(seen.map((item) => item.id)).size).toBe(8);
});

it('draws a whole life in outline, as far as the caller may see it', async () => {
  const { body } = await ann!.get(`/contacts/${id}/lifeline`);
  expect(body.more).toBe(false);
  expect(types(body.entries)).toHaveLength(8);
  expect(body.entries[0]).toEqual({
    type: 'contacts.contact.changed',
    record: `contacts.contact/${id}`,
    revision: 8,
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    actor: 'ann',
  });
  expect((await bob!.get(`/contacts/${id}/lifeline`)).status).toBe(404);
});

describe('the audit trail', () => {
  const audit = async (who: Client, query = '') => (await who.get(`/services/contacts/audit${query}`)).body as Item[];

  it('is the log itself, newest first, page by page', async () => {
    const first = await boss!.get('/services/contacts/audit?limit=4');
    const rest = await audit(boss!, `?cursor=${String(first.headers['rapport-next'])}`);
    expect(types([...first.body, ...rest])).toEqual([
      'contacts.contact.created',
      ...Array(7).fill('contacts.contact.changed'),
      'contacts.contact.created',
    ]);
    expect(first.body).toHaveLength(4);
  });

  it('says what belongs together, who did what, and what of a kind happened', async () => {
    expect(await audit(boss!, `?correlation=${CORRELATION}`)).toHaveLength(7);
    expect((await audit(boss!, '?actor=bob')).map(({ actor }) => actor)).toEqual(['bob']);
    expect(types(await audit(boss!, '?types=contacts.contact.created'))).toHaveLength(2);
    expect(await audit(boss!, '?to=2019-12-31')).toEqual([]);
  });

  it('leaves out what the caller may not read', async () => {
    expect((await audit(bob!)).map(({ actor }) => actor)).toEqual(['bob']);
    expect(await audit(bob!, `?correlation=${CORRELATION}`)).toEqual([]);
    expect((await ann!.get('/services/contacts/audit?cursor=x&moon=1')).body.fields).toMatchObject([{ field: 'moon' }]);
    expect((await ann!.get('/services/contacts/audit?cursor=x')).status).toBe(400);
  });
});

describe('seeing as somebody else', () => {
  it('shows whoever manages the workspace what another sees, and does nothing in their name', async () => {
    expect((await boss!.get('/contacts')).body).toHaveLength(2);
    expect((await boss!.get('/contacts', { 'rapport-as': 'bob' })).body).toMatchObject([{ name: 'Not Anns' }]);
    expect((await boss!.post('/contacts', { name: 'In anothers name' }, { 'rapport-as': 'bob' })).status).toBe(403);
    expect((await boss!.get('/contacts', { 'rapport-as': 'nobody' })).status).toBe(404);
    expect((await ann!.get('/contacts', { 'rapport-as': 'bob' })).status).toBe(403);
  });
});

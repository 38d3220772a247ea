import { createHash } from 'node:crypto';
import { canonical } from '#model';
import { testApp, type Client, type TestApp } from '#testing/service';
import { ContactsModule } from './contacts.module.ts';

let app: TestApp;
let boss: Client;
beforeAll(async () => {
  app = await testApp(ContactsModule);
  boss = app.as('boss', { roles: ['administrator'] });
});
afterAll(() => app.close());

/** Every row and summary that is there, without its revision and when it was changed; no values chosen is none chosen. */
async function hash(): Promise<string> {
  await app.settled();
  const { engines, storages, parts } = app.runtime('contacts');
  const digest = createHash('sha256');
  for (const view of parts.views)
    for (const { id, doc } of await engines.models.scan(storages.of(view), { limit: 10_000 }))
      if (doc.removed !== true && doc.gone !== true)
        digest.update(
          canonical({ id, ...doc, changedAt: undefined, chosen: (doc.chosen as [] | undefined)?.length ? doc.chosen : undefined }),
        );
  return digest.digest('hex');
}
const undo = (asked: object, headers?: Record<string, string>) => boss.post('/services/contacts/undo', asked, headers);
const correlation = '0193c5b0-7e1a-7c3e-9d3f-2b6f0c1d4e5a';
const under = (id = correlation) => ({ 'rapport-correlation': id });
const contact = async (name: string, headers = {}) =>
  (await boss.post('/contacts', { name, emails: [{ address: ' Ann@EXAMPLE.com' }] }, headers)).body.id as string;

it('brings back the state before, also of lists that were standardised, and can itself be undone', async () => {
  const [a, b, c] = [await contact('Undo Alpha'), await contact('Undo Beta'), await contact('Undo Gamma')];
  const before = await hash();
  const own = await contact('Undo Delta', under());
  await boss.patch(`/contacts/${own}`, { jobTitle: 'Clerk' }, under());
  await boss.patch(`/contacts/${a}`, { jobTitle: 'Clerk', emails: [{ address: 'x@example.com' }] }, under());
  await boss.patch(`/contacts/${a}`, { jobTitle: 'Chief', tags: ['one'] }, under());
  await boss.post(`/contacts/${b}/merge`, { absorbedId: c }, under());
  const after = await hash();
  const dry = await undo({ correlation, dryRun: true });
  expect([dry.body, await hash()]).toMatchObject([{ done: 6, skipped: 0, conflicts: [], cannot: [] }, after]);
  const done = await undo({ correlation }, { 'idempotency-key': 'u1' });
  expect([done.status, done.body]).toMatchObject([200, { done: 6, conflicts: [], cannot: [] }]);
  expect(await hash()).toBe(before);
  expect((await undo({ correlation }, { 'idempotency-key': 'u1' })).body).toEqual(done.body);
  expect((await undo({ correlation: done.body.correlation })).body).toMatchObject({ conflicts: [], cannot: [] });
  expect(await hash()).toBe(after);
});

it('is one when it is sent again while it is under way', async () => {
  const own = '0193c5b0-7e1a-7c3e-9d3f-2b6f0c1d4e5b';
  await contact('Undo Epsilon', under(own));
  await app.settled();
  const [first, second] = await Promise.all([1, 2].map(() => undo({ correlation: own }, { 'idempotency-key': 'u2' })));
  expect([first!.body, second!.body]).toEqual([expect.objectContaining({ done: 1 }), first!.body]);
});

it('leaves alone what was changed or referred to since, and says so', async () => {
  const [changed, referred] = [await contact('Later Changed'), await contact('Later Referred')];
  const history = async (id: string) => (await boss.get(`/contacts/${id}/history`)).body as { id: string; type: string }[];
  await boss.patch(`/contacts/${changed}`, { jobTitle: 'Clerk' });
  const [edit, made] = await history(changed);
  await boss.patch(`/contacts/${changed}`, { jobTitle: 'Chief' });
  await boss.post('/activities', { kind: 'note', about: [`contacts.contact/${referred}`], subject: 'Hello' });
  await app.settled();
  const before = await hash();
  const reasons = async (event: string) => (await undo({ event })).body.conflicts.map((one: { reason: string }) => one.reason);
  expect(await reasons(edit!.id)).toEqual(['changed-since']);
  expect(await reasons(made!.id)).toEqual(['changed-since']);
  expect(await reasons((await history(referred))[0]!.id)).toEqual(['referred-to-since']);
  expect(await hash()).toBe(before);
});

it('is for those who may, and finds nothing that is not there', async () => {
  expect((await undo({ event: correlation })).status).toBe(404);
  expect((await undo({ correlation: '0193c5b0-7e1a-7c3e-9d3f-2b6f0c1d4e00' })).status).toBe(404);
  expect((await undo({})).status).toBe(400);
});

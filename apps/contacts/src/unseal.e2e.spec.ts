import { testApp, type Client, type TestApp } from '#testing/service';
import { ContactsModule } from './contacts.module.ts';

const clerk = { name: 'clerk', grants: [{ can: ['read', 'events.read'], on: ['*'], reach: 'all' as const }] };
const shy = { ...clerk, name: 'shy', hidden: { 'contacts.contact': ['jobTitle'] } };
let app: TestApp;
let [boss, analyst]: Client[] = [];
beforeAll(async () => {
  app = await testApp(ContactsModule, { roles: [clerk, shy] });
  [boss, analyst] = [app.as('boss', { roles: ['administrator'] }), app.as('ann', { roles: ['analyst'] })];
});
afterAll(() => app.close());

/** A contact's first event, as a topic has it. */
async function sealedPart(name: string) {
  const { id } = (await boss!.post('/contacts', { name, jobTitle: 'Quaestor' })).body as { id: string };
  const person = `contacts.contact/${id}`;
  const events = (await analyst!.get(`/services/contacts/events?touches=${person}`)).body as {
    id: string;
    data: { sealed: Record<string, string> };
  }[];
  return { event: events[0]!.id, person, sealed: events[0]!.data.sealed[person]! };
}
const unseal = (who: Client, ...parts: object[]) => who.post('/services/contacts/unseal', { parts });

it('opens what a topic holds sealed, in the order asked, until the person is erased', async () => {
  const [ada, perpetua] = [await sealedPart('Ada Open'), await sealedPart('Perpetua Open')];
  expect(JSON.stringify([ada, perpetua])).not.toMatch(/Ada|Quaestor/);
  const opened = (await unseal(analyst!, perpetua, ada)).body.parts as { values: [string, unknown][] }[];
  expect(opened.map(({ values }) => Object.fromEntries(values).name)).toEqual(['Perpetua Open', 'Ada Open']);
  await boss!.post(`/${perpetua.person.replace('contacts.contact', 'contacts')}/erase`, {});
  expect((await unseal(analyst!, perpetua, ada)).body.parts).toMatchObject([{ erased: true }, { values: expect.anything() }]);
});

it('says which part belongs to another event or person, and opens none then', async () => {
  const [ada, bea] = [await sealedPart('Ada Mixed'), await sealedPart('Bea Mixed')];
  const fields = async (...parts: object[]) => (await unseal(analyst!, ...parts)).body.fields.map(({ field }: { field: string }) => field);
  expect(await fields(ada, { ...bea, event: ada.event })).toEqual(['parts.1']);
  expect(await fields({ ...bea, person: ada.person })).toEqual(['parts.0']);
  expect(await fields({ ...bea, person: 'contacts.contact/nobody' })).toEqual(['parts.0']);
  const elsewhere = app.as('eve', { tenant: 'elsewhere', roles: ['administrator'] });
  expect((await unseal(elsewhere, ada)).body.fields).toMatchObject([{ field: 'parts.0' }]);
  expect(await fields({ ...bea, sealed: 'not base64' })).toEqual(['parts.0.sealed']);
  expect(await fields()).toEqual(['parts']);
});

it('opens nothing for whoever may not read the feed, the people, or one of their fields', async () => {
  const ada = await sealedPart('Ada Shut');
  for (const [role, status] of Object.entries({ seller: 403, manager: 403, clerk: 200, shy: 403 }))
    expect([role, (await unseal(app.as(role, { roles: [role] }), ada)).status]).toEqual([role, status]);
});

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ContactsModule } from '#apps/contacts';
import { SalesModule } from '#apps/sales';
import { WorkspaceModule } from '#apps/workspace';
import { openVaultFile } from '#engines/vault';
import { reapplyErasures } from '#runtime';
import { sweepDue } from '#service';
import { testApp, type TestApp } from '#testing/service';

const HOUR = 3600_000;
let now = Date.parse('2026-03-01T10:00:00.000Z');
let app: TestApp;
beforeAll(async () => {
  app = await testApp([WorkspaceModule, ContactsModule, SalesModule], { clock: () => now });
});
afterAll(() => app.close());

const boss = () => app.as('boss', { roles: ['administrator'] });
const create = async (name: string) => (await boss().post('/contacts', { name })).body.id as string;
const certificate = async (id: string) => (await boss().get(`/contacts/${id}/erasure`)).body;
const sweepers = (body: { sweeps: { service: string; pass: string }[] }) =>
  body.sweeps.map(({ service, pass }) => `${service} ${pass}`).sort();
/** What every process does every few seconds. */
const chores = async () => {
  for (const running of app.running.values()) await sweepDue(running, app.system, new Set());
};

it('has a certificate that is complete once everybody with a grant has swept twice', async () => {
  const id = await create('Rosa Klein');
  await boss().post(`/contacts/${id}/erase`, {});
  await chores();
  const early = await certificate(id);
  expect(early).toMatchObject({ record: `contacts.contact/${id}`, complete: false, keyBackups: { expireOn: '2026-03-31' } });
  expect(sweepers(early)).toEqual(['contacts first', 'sales first', 'workspace first']);

  now += HOUR;
  await chores();
  await chores();
  const late = await certificate(id);
  expect(late.complete).toBe(true);
  expect(sweepers(late)).toEqual([
    'contacts first',
    'contacts second',
    'sales first',
    'sales second',
    'workspace first',
    'workspace second',
  ]);
  expect(late.sha256).not.toBe(early.sha256);
});

it('is swept also when the process ended right after the key was destroyed', async () => {
  const id = await create('Otto Stern');
  const person = `contacts.contact/${id}`;
  const { runtime } = app.running.get('contacts')!;
  await runtime.engines.vault.destroy('acme', [person], new Date(now).toISOString());
  await chores();
  expect((await runtime.erasure.sweeps('acme', person)).map(({ service }) => service).sort()).toEqual(['contacts', 'sales', 'workspace']);
  expect((await boss().get('/contacts?search=otto')).body).toEqual([]);
});

it('shows its certificate to those who may see whom it is about', async () => {
  const id = await create('Mia Brandt');
  await boss().post(`/contacts/${id}/erase`, {});
  expect((await app.as('somebody').get(`/contacts/${id}/erasure`)).status).toBe(404);
  expect((await boss().get(`/contacts/${await create('Ida Falk')}/erasure`)).status).toBe(404);
});

it('a vault restored from a back-up destroys again what was erased since', async () => {
  const [id, other] = [await create('Jan Roth'), await create('Eva Lind')];
  const people = [`contacts.contact/${id}`, `contacts.contact/${other}`];
  const restored = openVaultFile(join(app.folder, 'restored.sqlite'), { masterKey: randomBytes(32) });
  await restored.make('acme', people);
  await boss().post(`/contacts/${id}/erase`, {});
  const { log } = app.runtime('contacts').engines;
  const alerts: string[] = [];
  const alert = (message: string) => void alerts.push(message);
  await reapplyErasures(log, restored, ['contacts.contact', 'contacts.account'], alert);
  expect(await restored.keys('acme', people)).toEqual(['erased', expect.any(Buffer)]);
  expect(await reapplyErasures(log, restored, ['contacts.contact'], alert)).toBe(0);
  expect(alerts).toEqual([]);
  await restored.close();
});

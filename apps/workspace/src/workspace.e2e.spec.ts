import { testApp, type Client, type TestApp } from '#testing/service';
import { WorkspaceModule } from './workspace.module.ts';

let app: TestApp;
let [boss, ann]: Client[] = [];
beforeAll(async () => {
  app = await testApp(WorkspaceModule);
  [boss, ann] = [app.as('boss', { roles: ['administrator'] }), app.as('ann')];
});
afterAll(() => app.close());

it('lets administrators alone make users, and everybody see them', async () => {
  expect((await ann!.post('/users', { name: 'Eve' })).status).toBe(403);
  const made = await boss!.post('/users', { name: ' Eve  Stone', email: 'Eve@Example.com' });
  expect([made.status, made.body.email]).toEqual([201, 'eve@example.com']);
  expect((await ann!.get('/users?search=eve')).body).toMatchObject([{ name: 'Eve Stone', active: true }]);
});

it('gives an address to one user only', async () => {
  await boss!.post('/users', { name: 'One', email: 'one@example.com' });
  expect((await boss!.post('/users', { name: 'Two', email: 'ONE@example.com' })).body).toMatchObject({ status: 409, code: 'not-unique' });
});

it('never shows a password hash, in no answer and no feed', async () => {
  const { id } = (await boss!.post('/users', { name: 'Secret' })).body;
  const { commands } = app.runtime('workspace');
  const { user } = await import('./user/user.ts');
  const { inContext } = await import('#service');
  await inContext(app.system(), () => commands.run(user, id, 'setPassword', { hash: 'scrypt$1$1$1$salt$thehashitself' }));
  await app.settled();
  for (const path of [`/users/${id}`, '/users', `/users/${id}/history`, '/services/workspace/events'])
    expect((await boss!.get(path)).text).not.toContain('thehashitself');
  expect((await boss!.get('/services/workspace/events')).status).toBe(200);
});

it('shows an API key once, and hashes it', async () => {
  const made = await boss!.post('/api-keys', { name: 'Report', scopes: [{ can: ['read'], on: ['sales'], reach: 'all' }] });
  expect(made.body.key).toMatch(/^rpk_/);
  expect((await boss!.get('/api-keys')).text).not.toContain(made.body.key);
});

it('tells who is asking and what they may do', async () => {
  expect((await ann!.get('/me')).body).toMatchObject({ id: 'ann', tenant: 'acme' });
});

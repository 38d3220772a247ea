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
  expect((await boss!.patch(`/users/${id}`, { zone: 'UTC' })).text).not.toContain('thehashitself');
  expect((await boss!.get('/services/workspace/events')).status).toBe(200);
});

it('shows an API key once, and hashes it', async () => {
  const made = await boss!.post('/api-keys', { name: 'Report', scopes: [{ can: ['read'], on: ['sales'], reach: 'all' }] });
  expect(made.body.key).toMatch(/^rpk_/);
  expect((await boss!.get('/api-keys')).text).not.toContain(made.body.key);
});

it('tells who is asking and what they may do', async () => {
  expect((await ann!.get('/me')).body).toMatchObject({ id: 'ann', tenant: 'acme' });
  const { id } = (await boss!.post('/users', { name: 'Mia' })).body;
  const mia = app.as(id);
  expect((await mia.patch('/me', { name: 'Mia Moss' })).body).toMatchObject({ name: 'Mia Moss' });
  expect((await mia.get('/me')).body).toMatchObject({ id, user: { name: 'Mia Moss' } });
  expect((await mia.patch(`/users/${id}`, { name: 'Boss' })).status).toBe(403);
});

it('gives roles by a command of its own, and only those that exist', async () => {
  const { id: roleId } = (await boss!.post('/roles', { name: 'scout', grants: [{ can: ['read'], on: ['sales'], reach: 'team' }] })).body;
  const { id } = (await boss!.post('/users', { name: 'Roy' })).body;
  expect((await boss!.patch(`/users/${id}`, { roleIds: [roleId] })).status).toBe(400);
  expect((await ann!.put(`/users/${id}/roles`, { roleIds: [roleId] })).status).toBe(403);
  expect((await boss!.put(`/users/${id}/roles`, { roleIds: [roleId] })).body).toMatchObject({ roleIds: [roleId] });
  expect((await boss!.put(`/users/${id}/roles`, { roleIds: [id] })).body).toMatchObject({ status: 409, code: 'unknown-record' });
});

it('keeps the role of administrators as it is', async () => {
  const { commands } = app.runtime('workspace');
  const [{ role, startingRole }, { inContext }] = [await import('./role/role.ts'), await import('#service')];
  const id = startingRole('administrator');
  await inContext(app.system(), () =>
    commands.create(role, 'create', { name: 'administrator', grants: [{ can: ['*'], on: ['*'], reach: 'all' }] }, id),
  );
  await app.settled();
  expect((await boss!.patch(`/roles/${id}`, { grants: [] })).body).toMatchObject({ status: 409, code: 'administrator-stays' });
  expect((await boss!.post(`/roles/${id}/remove`)).body).toMatchObject({ status: 409, code: 'administrator-stays' });
});

it('keeps settings for everybody to read, and administrators to change', async () => {
  const { commands } = app.runtime('workspace');
  const [{ tenant }, { inContext }] = [await import('./tenant/tenant.ts'), await import('#service')];
  await inContext(app.system(), () => commands.create(tenant, 'create', { name: 'Acme' }, 'acme'));
  await app.settled();
  expect((await boss!.get('/settings')).body).toMatchObject({ id: 'acme', zone: 'UTC', currency: 'USD' });
  expect((await boss!.patch('/settings', { zone: 'Europe/Sofia' })).body).toMatchObject({ zone: 'Europe/Sofia' });
  expect((await boss!.patch('/settings', { zone: 'Nowhere' })).status).toBe(400);
  expect((await ann!.get('/settings')).body).toMatchObject({ zone: 'Europe/Sofia' });
  expect((await ann!.patch('/settings', { zone: 'UTC' })).status).toBe(403);
});

it('ends a key when it is revoked, and says so', async () => {
  const { id } = (await boss!.post('/api-keys', { name: 'Old', scopes: [{ can: ['read'], on: ['sales'], reach: 'all' }] })).body;
  const revoked = await boss!.post(`/api-keys/${id}/revoke`);
  expect([revoked.body.revoked, revoked.text.includes('hash')]).toEqual([true, false]);
  expect((await boss!.get(`/api-keys/${id}`)).body).toMatchObject({ name: 'Old', revoked: true });
});

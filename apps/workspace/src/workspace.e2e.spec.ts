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

it('lets whoever manages people make a link for somebody to choose a password by: shown once, told to the audit trail, taken back', async () => {
  const { id } = (await boss!.post('/users', { name: 'Ida', email: 'ida@example.com' })).body;
  expect((await ann!.post(`/users/${id}/invitation`, {})).status).toBe(403);
  const made = await boss!.post(`/users/${id}/invitation`, {});
  expect([made.status, made.body.id]).toEqual([201, id]);
  expect(made.body.token).toMatch(/^rpi_[\w-]{43}$/);
  expect((await boss!.get(`/users/${id}`)).body).toMatchObject({ signIn: 'invited', invitedUntil: made.body.until });
  const told = (await boss!.get('/services/workspace/audit?types=workspace.user.invited')).body;
  expect(told).toMatchObject([{ record: `workspace.user/${id}`, actor: 'boss', data: { until: made.body.until } }]);
  for (const path of [`/users/${id}`, '/users', '/services/workspace/audit', '/services/workspace/events?limit=1000'])
    expect((await boss!.get(path)).text).not.toContain(made.body.token);
  expect((await boss!.post('/services/workspace/undo', { correlation: told[0].correlation })).body).toMatchObject({
    conflicts: [],
    cannot: [],
  });
  await app.settled();
  expect((await boss!.get(`/users/${id}`)).body).toMatchObject({ signIn: 'none' });
  await boss!.post(`/users/${id}/invitation`, {});
  expect((await boss!.post(`/users/${id}/invitation/withdraw`, {})).status).toBe(200);
  expect((await boss!.get(`/users/${id}`)).body).toMatchObject({ signIn: 'none' });
});

it('makes no link for who has no address, and none in bulk', async () => {
  const { id } = (await boss!.post('/users', { name: 'Nobody Yet' })).body;
  expect((await boss!.post(`/users/${id}/invitation`, {})).body).toMatchObject({ status: 409, code: 'no-address-to-sign-in-by' });
  const [tried] = (await boss!.post('/users/bulk', [{ id, command: 'join', data: {} }])).body;
  expect(tried).toMatchObject({ status: 400 });
});

it('says which abilities reach every record', async () => {
  const of = (body: { abilities: { kind: string; may: string[]; all: string[] }[] }, kind: string) =>
    body.abilities.find((one) => one.kind === kind)!;
  const [asBoss, asAnn] = [(await boss!.get('/me')).body, (await ann!.get('/me')).body];
  expect(of(asBoss, 'sales').all).toContain('manage');
  expect(of(asAnn, 'sales.opportunity')).toMatchObject({ may: expect.arrayContaining(['read']), all: [] });
  expect(of(asAnn, 'sales.product').all).toEqual(['read']);
});

it('ends a key when it is revoked, and says so', async () => {
  const { id } = (await boss!.post('/api-keys', { name: 'Old', scopes: [{ can: ['read'], on: ['sales'], reach: 'all' }] })).body;
  const revoked = await boss!.post(`/api-keys/${id}/revoke`);
  expect([revoked.body.revoked, revoked.text.includes('hash')]).toEqual([true, false]);
  expect((await boss!.get(`/api-keys/${id}`)).body).toMatchObject({ name: 'Old', revoked: true });
});

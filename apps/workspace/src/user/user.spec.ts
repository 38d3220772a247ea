import { recorded, spec, viewSpec } from '#testing';
import { foldEvents } from '#model';
import { RoleCreated } from '#events/workspace/role';
import { TeamCreated } from '#events/workspace/team';
import {
  InvitationSealed,
  InvitationWithdrawn,
  PasswordSet,
  UserChanged,
  UserCreated,
  UserInvited,
  UserJoined,
  UserRemoved,
} from '#events/workspace/user';
import { user } from './user.ts';
import { credentialRow, userRow } from './user-row.ts';

const given = spec(user);
const bea = { name: 'Bea Stone', email: 'bea@example.com', roleIds: ['seller'], active: true };
const created = UserCreated(bea);
const role = [RoleCreated({ name: 'seller', grants: [] })];

describe('a user', () => {
  it('is active from the start, name and address as they should have been typed', () =>
    given()
      .with({ role0: role })
      .when('create', { name: ' Bea  Stone', email: 'Bea@EXAMPLE.com', roleIds: ['seller'] })
      .then(created));
  it('needs no address: imports name people who never sign in', () =>
    given()
      .when('create', { name: 'Old Hand', active: false })
      .then(UserCreated({ name: 'Old Hand', roleIds: [], active: false })));
  it('has an address no other user has, whatever its case', () =>
    expect(user.how.unique!.email!({ ...bea, id: 'r1' })).toBe('bea@example.com'));
  it('owns the record of itself', () => expect(user.how.owner!({ ...bea, id: 'r1' })).toBe('r1'));

  it('is in a team that exists, under a manager who exists', () => {
    given().when('create', { name: 'Bea', teamId: 't' }).thenRejected('unknown-record');
    given().when('create', { name: 'Bea', managerId: 'm' }).thenRejected('unknown-record');
    given(created).when('change', { teamId: 't' }).thenRejected('unknown-record');
    given(created).when('change', { managerId: 'm' }).thenRejected('unknown-record');
    given(created)
      .with({ team: [TeamCreated({ name: 'Central' })] })
      .when('change', { teamId: 't' })
      .then(UserChanged({ teamId: { to: 't' } }));
    given(created)
      .with({ manager: [created] })
      .when('change', { managerId: 'm' })
      .then(UserChanged({ managerId: { to: 'm' } }));
  });
  it('is nobody’s manager who manages them', () => {
    given().as({ id: 'own' }).when('create', { name: 'Bea', managerId: 'own' }).thenRejected('managers-in-a-circle');
    given(created)
      .with({ manager: [created] })
      .when('change', { managerId: 'r1' })
      .thenRejected('managers-in-a-circle');
    given(created)
      .with({ manager: [UserCreated({ ...bea, managerId: 'r1' })] })
      .when('change', { managerId: 'm' })
      .thenRejected('managers-in-a-circle');
  });
  it('changes address and leaves the team when that is cleared', () => {
    given(created)
      .when('change', { email: 'B@EXAMPLE.com' })
      .then(UserChanged({ email: { from: 'bea@example.com', to: 'b@example.com' } }));
    given(UserCreated({ ...bea, teamId: 't' }))
      .when('change', { teamId: null, email: null })
      .then(UserChanged({ email: { from: 'bea@example.com' }, teamId: { from: 't' } }));
  });
  it('changes their own name and language', () =>
    given(created)
      .when('changeProfile', { name: ' Bea', language: 'bg' })
      .then(UserChanged({ name: { from: 'Bea Stone', to: 'Bea' }, language: { to: 'bg' } })));
});

describe('roles', () => {
  it('are given and taken', () =>
    given(created)
      .with({ role0: role })
      .when('assignRoles', { roleIds: ['manager'] })
      .then(UserChanged({ roleIds: { from: ['seller'], to: ['manager'] } })));
  it('are not taken from oneself, so that somebody is left who can give them', () => {
    given(created).as({ actor: 'r1' }).when('assignRoles', { roleIds: [] }).thenRejected('not-oneself');
    given(created)
      .as({ actor: 'r1' })
      .when('assignRoles', { roleIds: ['seller', 'more'] })
      .then(UserChanged({ roleIds: { from: ['seller'], to: ['seller', 'more'] } }));
  });
});

describe('leaving', () => {
  it('deactivates once, and can be taken back', () => {
    const left = UserChanged({ active: { from: true, to: false } });
    given(created).when('deactivate', {}).then(left);
    given(created, left).when('deactivate', {}).then();
    given(created, left)
      .when('reactivate', {})
      .then(UserChanged({ active: { from: false, to: true } }));
  });
  it('is for others to decide', () => {
    given(created).as({ actor: 'r1' }).when('deactivate', {}).thenRejected('not-oneself');
    given(created).as({ actor: 'r1' }).when('remove', {}).thenRejected('not-oneself');
    given(created).when('remove', {}).then(UserRemoved({}));
  });
});

describe('a password', () => {
  const set = PasswordSet({ hash: 'scrypt$1$1$1$salt$hash', at: '2026-03-02T09:00:00.000Z' });
  it('is set for those who may sign in', () => {
    given(created).when('setPassword', { hash: set.data.hash }).then(set);
    given(created, UserChanged({ active: { from: true, to: false } }))
      .when('setPassword', { hash: set.data.hash })
      .thenRejected('inactive-user');
  });
  it('is no part of the state, which answers show', () =>
    expect(JSON.stringify(foldEvents(user.evolve, undefined, recorded([created, set])))).not.toContain('scrypt'));
  it('never leaves its service', () => expect(PasswordSet.internal).toBe(true));
  it('is known to the issuer', () =>
    viewSpec(credentialRow)(created, set).then({
      id: 'r1',
      name: 'Bea Stone',
      email: 'bea@example.com',
      roleIds: ['seller'],
      active: true,
      passwordHash: set.data.hash,
    }));
});

describe('an invitation', () => {
  const now = '2026-03-02T09:00:00.000Z';
  const link = 'a'.repeat(64);
  const hash = 'scrypt$1$1$1$salt$hash';
  const invited = (invitationId: string) => [
    UserInvited({ invitationId, until: '2026-03-05T09:00:00.000Z' }),
    InvitationSealed({ invitationId, hash: link }),
  ];
  it('is good for three days', () =>
    given(created)
      .as({ newId: () => 'i1' })
      .when('invite', { hash: link })
      .then(...invited('i1')));
  it('is for those who may sign in, and have an address to do it by', () => {
    given(created, UserChanged({ active: { from: true, to: false } }))
      .when('invite', { hash: link })
      .thenRejected('inactive-user');
    given(UserCreated({ name: 'Old Hand', roleIds: [], active: true }))
      .when('invite', { hash: link })
      .thenRejected('no-address-to-sign-in-by');
  });
  it('lets somebody in once', () => {
    given(created, ...invited('i1'))
      .when('join', { invitationId: 'i1', hash })
      .then(UserJoined({ invitationId: 'i1' }), PasswordSet({ hash, at: now }));
    given(created, ...invited('i1'), UserJoined({ invitationId: 'i1' }))
      .when('join', { invitationId: 'i1', hash })
      .thenRejected('invitation-over');
  });
  it('ends when it is taken back, when a newer one is made, with its time, and where the user is shut out', () => {
    given(created, ...invited('i1'))
      .when('withdrawInvitation', {})
      .then(InvitationWithdrawn({ invitationId: 'i1' }));
    given(created, ...invited('i1'), InvitationWithdrawn({ invitationId: 'i1' }))
      .when('join', { invitationId: 'i1', hash })
      .thenRejected('invitation-over');
    given(created, ...invited('i1'), ...invited('i2'))
      .when('join', { invitationId: 'i1', hash })
      .thenRejected('invitation-over');
    given(created, UserInvited({ invitationId: 'i1', until: now }))
      .when('join', { invitationId: 'i1', hash })
      .thenRejected('invitation-over');
    given(created, ...invited('i1'), UserChanged({ active: { from: true, to: false } }))
      .when('join', { invitationId: 'i1', hash })
      .thenRejected('inactive-user');
  });
  it('is taken back by undo', () =>
    expect(user.how.inverse![UserInvited.type]!(invited('i1')[0]!.data, { ...bea, id: 'r1' })).toEqual({
      command: 'withdrawInvitation',
      data: {},
    }));
  it('says nothing of the link in the state, which answers show, nor to other services', () => {
    expect(JSON.stringify(foldEvents(user.evolve, undefined, recorded([created, ...invited('i1')])))).not.toContain(link);
    expect(InvitationSealed.internal).toBe(true);
  });
  it('is found by what the link hashes to, until it is over', () => {
    const credentials = { id: 'r1', name: 'Bea Stone', email: 'bea@example.com', roleIds: ['seller'], active: true };
    viewSpec(credentialRow)(created, ...invited('i1')).then({
      ...credentials,
      invitationId: 'i1',
      invitationHash: link,
      invitedUntil: '2026-03-05T09:00:00.000Z',
    });
    viewSpec(credentialRow)(created, ...invited('i1'), InvitationWithdrawn({ invitationId: 'i1' })).then(credentials);
  });
  it('shows beside the user whether they can sign in', () => {
    const shown = { ...bea, id: 'r1', keys: ['beastone', 'bea@example.com'], createdAt: now, changedAt: now };
    const until = { invitedUntil: '2026-03-05T09:00:00.000Z' };
    const set = PasswordSet({ hash, at: now });
    viewSpec(userRow)(created, ...invited('i1')).then({ ...shown, ...until, signIn: 'invited' });
    viewSpec(userRow)(created, ...invited('i1'), InvitationWithdrawn({ invitationId: 'i1' })).then({ ...shown, signIn: 'none' });
    viewSpec(userRow)(created, ...invited('i1'), UserJoined({ invitationId: 'i1' }), set).then({ ...shown, signIn: 'ready' });
    viewSpec(userRow)(created, set, ...invited('i2')).then({ ...shown, ...until, signIn: 'ready' });
  });
});

it('is taken back by the command its fields call for', () => {
  const back = user.how.inverse![UserChanged.type]!;
  const now = { ...bea, id: 'r1' };
  expect(back({ roleIds: { from: ['seller'], to: [] } }, now)).toEqual({ command: 'assignRoles', data: { roleIds: ['seller'] } });
  expect(back({ active: { from: true, to: false } }, now)).toEqual({ command: 'reactivate', data: {} });
  expect(back({ teamId: { to: 't' } }, now)).toEqual({ command: 'change', data: { teamId: null } });
});

it('shows people as they are now', () => {
  const at = '2026-03-02T09:00:00.000Z';
  viewSpec(userRow)(created, UserChanged({ email: { from: 'bea@example.com' }, teamId: { to: 't' } })).then({
    id: 'r1',
    name: 'Bea Stone',
    teamId: 't',
    roleIds: ['seller'],
    active: true,
    signIn: 'none',
    keys: ['beastone'],
    createdAt: at,
    changedAt: at,
  });
  viewSpec(userRow)(created).then({
    ...bea,
    id: 'r1',
    signIn: 'none',
    keys: ['beastone', 'bea@example.com'],
    createdAt: at,
    changedAt: at,
  });
});

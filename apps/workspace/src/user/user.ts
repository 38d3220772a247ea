import { act, create, decider, Flag, fold, Id, Instant, List, on, Optional, projection, Ref, reject, start, Text } from '#model';
import { PasswordSet, UserChanged, UserCreated } from '#events/workspace/user';
import { cleanText } from '#records';
import { ChangeUser, CreateUser, SetPassword } from './user.commands.ts';

export type User = Parameters<typeof UserCreated>[0] & { passwordHash?: string };

const evolve = fold<User>(
  start(UserCreated, (e) => e.data),
  on(UserChanged, (user, e) => UserChanged.apply(user, e)),
  on(PasswordSet, (user, e) => ({ ...user, passwordHash: e.data.hash })),
);

export const user = decider(
  'workspace.user',
  evolve,
  {
    create: create(CreateUser, (command) => UserCreated({ roleIds: [], ...command, name: cleanText(command.name), email: command.email?.toLowerCase(), active: true }), { undo: 'remove', ability: 'manage' }),
    change: act(ChangeUser, (user, patch, { id }) => {
      if (patch.managerId === id) return reject('own-manager');
      return UserChanged.between(user, { ...patch, ...(patch.email ? { email: patch.email.toLowerCase() } : {}) });
    }, { undo: 'change', ability: 'manage' }),
    setPassword: act(SetPassword, (user, { hash }, { now }) => (user.active ? PasswordSet({ hash, at: now }) : reject('inactive-user')), { ability: 'credentials' }),
  },
  { unique: { email: (user) => user.email || undefined }, owner: () => undefined },
);

/** A colleague as everybody may see one. */
export const userRow = projection(
  'workspace.user-row',
  { id: Id, name: Text, email: Optional(Text), teamId: Optional(Ref('workspace.team')), managerId: Optional(Ref('workspace.user')), roleIds: List(Ref('workspace.role')), language: Optional(Text), zone: Optional(Text), externalId: Optional(Text), active: Flag, createdAt: Instant },
  { version: 1, access: 'everyone', indexes: [['name'], ['email'], ['teamId', 'name'], ['managerId', 'name'], ['active', 'name'], ['externalId']], words: ['name', 'email'] },
  start(UserCreated, (e) => ({ ...e.data, id: e.recordId, createdAt: e.at })),
  on(UserChanged, (row, e) => UserChanged.apply(row, e)),
);

/** What the issuer asks for. No route shows it. */
export const credentialRow = projection(
  'workspace.credential-row',
  { id: Id, email: Optional(Text), active: Flag, passwordHash: Optional(Text), roleIds: List(Ref('workspace.role')) },
  { version: 1, access: { ability: 'credentials' }, indexes: [['email']] },
  start(UserCreated, (e) => ({ ...e.data, id: e.recordId })),
  on(UserChanged, (row, e) => UserChanged.apply(row, e)),
  on(PasswordSet, (row, e) => ({ ...row, passwordHash: e.data.hash })),
);

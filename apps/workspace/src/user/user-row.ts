import { Flag, Id, Instant, List, on, Optional, projection, Ref, start, Text } from '#model';
import { PasswordSet, UserChanged, UserCreated } from '#events/workspace/user';
import { userKeys } from '#service';

/** A colleague as everybody may see one. */
export const userRow = projection(
  'workspace.user-row',
  {
    id: Id,
    name: Text,
    email: Optional(Text),
    teamId: Optional(Ref('workspace.team')),
    managerId: Optional(Ref('workspace.user')),
    roleIds: List(Ref('workspace.role')),
    language: Optional(Text),
    zone: Optional(Text),
    externalId: Optional(Text),
    active: Flag,
    /** What files call them by. */
    keys: List(Text),
    createdAt: Instant,
    changedAt: Instant,
  },
  {
    version: 1,
    access: 'everyone',
    inner: ['keys'],
    indexes: [
      ['name'],
      ['email'],
      ['teamId', 'name'],
      ['managerId', 'name'],
      ['active', 'name'],
      ['roleIds'],
      ['externalId'],
      ['keys'],
      ['createdAt'],
      ['changedAt'],
    ],
    words: ['name', 'email'],
  },
  start(UserCreated, (e) => ({ ...e.data, id: e.recordId, keys: userKeys(e.data), createdAt: e.at, changedAt: e.at })),
  on(UserChanged, (row, e) => {
    const changed = UserChanged.apply(row, e);
    return { ...changed, keys: userKeys(changed), changedAt: e.at };
  }),
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

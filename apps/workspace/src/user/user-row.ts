import { Flag, Id, Instant, List, on, OneOf, Optional, projection, Ref, start, Text } from '#model';
import {
  InvitationSealed,
  InvitationWithdrawn,
  PasswordSet,
  UserChanged,
  UserCreated,
  UserInvited,
  UserJoined,
} from '#events/workspace/user';
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
    /** Whether they can sign in here: not yet, by a link that was made for them, by a password they have chosen. */
    signIn: OneOf('none', 'invited', 'ready'),
    invitedUntil: Optional(Instant),
    /** What files call them by. */
    keys: List(Text),
    createdAt: Instant,
    changedAt: Instant,
  },
  {
    version: 2,
    access: 'everyone',
    inner: ['keys'],
    indexes: [
      ['name'],
      ['email'],
      ['teamId', 'name'],
      ['managerId', 'name'],
      ['active', 'name'],
      ['signIn', 'name'],
      ['roleIds'],
      ['externalId'],
      ['keys'],
      ['createdAt'],
      ['changedAt'],
    ],
    words: ['name', 'email'],
  },
  start(UserCreated, (e) => ({
    ...e.data,
    id: e.recordId,
    signIn: 'none' as const,
    keys: userKeys(e.data),
    createdAt: e.at,
    changedAt: e.at,
  })),
  on(UserChanged, (row, e) => {
    const changed = UserChanged.apply(row, e);
    return { ...changed, keys: userKeys(changed), changedAt: e.at };
  }),
  on(UserInvited, (row, e) => ({ ...row, signIn: signInOf(row, 'invited'), invitedUntil: e.data.until })),
  on(InvitationWithdrawn, ({ invitedUntil: _, ...row }) => ({ ...row, signIn: signInOf(row, 'none') })),
  on(UserJoined, ({ invitedUntil: _, ...row }) => row),
  on(PasswordSet, (row) => ({ ...row, signIn: 'ready' as const })),
);

type SignIn = 'none' | 'invited' | 'ready';
/** Who has a password keeps it until they choose another by a link. */
const signInOf = (row: { signIn: SignIn }, without: SignIn): SignIn => (row.signIn === 'ready' ? 'ready' : without);

/** What the issuer asks for. No route shows it. */
export const credentialRow = projection(
  'workspace.credential-row',
  {
    id: Id,
    name: Text,
    email: Optional(Text),
    language: Optional(Text),
    active: Flag,
    passwordHash: Optional(Text),
    invitationId: Optional(Id),
    invitationHash: Optional(Text),
    invitedUntil: Optional(Instant),
    roleIds: List(Ref('workspace.role')),
  },
  { version: 2, access: { ability: 'credentials' }, indexes: [['email'], ['invitationHash']] },
  start(UserCreated, (e) => ({ ...e.data, id: e.recordId })),
  on(UserChanged, (row, e) => UserChanged.apply(row, e)),
  on(PasswordSet, (row, e) => ({ ...row, passwordHash: e.data.hash })),
  on(UserInvited, (row, e) => ({ ...row, invitationId: e.data.invitationId, invitedUntil: e.data.until })),
  on(InvitationSealed, (row, e) => ({ ...row, invitationHash: e.data.hash })),
  on(InvitationWithdrawn, (row) => uninvited(row)),
  on(UserJoined, (row) => uninvited(row)),
);

const uninvited = <R extends object>({ invitationId: _, invitationHash: __, invitedUntil: ___, ...row }: R & Invitation) => row;
type Invitation = { invitationId?: string; invitationHash?: string; invitedUntil?: string };

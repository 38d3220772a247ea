import { act, create, decider, fold, maybe, on, one, reject, start, state, type Id, type Instant, type Inverse } from '#model';
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
import { cleanText, email } from '#records';
import { role } from '../role/role.ts';
import { team } from '../team/team.ts';
import {
  AssignRoles,
  ChangeProfile,
  ChangeUser,
  CreateUser,
  DeactivateUser,
  InviteUser,
  JoinByInvitation,
  ReactivateUser,
  RemoveUser,
  SetPassword,
  WithdrawInvitation,
} from './user.commands.ts';

/** `invitation`: the link that was made last, until it is used or taken back. */
export type User = Parameters<typeof UserCreated>[0] & { id: Id; invitation?: { id: Id; until: Instant } };

/** How long a link is good: time enough for somebody who reads mail after a weekend. */
const INVITED_FOR = 72 * 3600_000;

// The hashes of passwords and links are no part of it: states are shown to whoever changes a record.
const evolve = fold<User>(
  start(UserCreated, (e) => ({ ...e.data, id: e.recordId })),
  on(UserChanged, (user, e) => UserChanged.apply(user, e)),
  on(UserInvited, (user, e) => ({ ...user, invitation: { id: e.data.invitationId, until: e.data.until } })),
  on(InvitationWithdrawn, ({ invitation: _, ...user }) => user),
  on(UserJoined, ({ invitation: _, ...user }) => user),
);
const self = state('workspace.user', evolve);

// Whoever takes away roles keeps theirs: so there is always somebody left who can give them back.
const notOneself = reject('not-oneself', { hint: 'somebody else must do this' });

/** People who work here. Deactivated ones cannot sign in; what they own and did stays theirs. */
export const user = decider(
  'workspace.user',
  evolve,
  {
    create: create(
      CreateUser,
      (c) => ({ team: maybe(team, c.teamId), manager: maybe(self, c.managerId), ...rolesOf(c.roleIds ?? []) }),
      (command, { id, found }) => {
        if (command.teamId && !found.team) return unknown('team');
        if (command.managerId === id) return reject('managers-in-a-circle', { managerId: id });
        if (command.managerId && !found.manager) return unknown('manager');
        return UserCreated({ roleIds: [], active: true, ...command, email: addressOf(command.email), name: cleanText(command.name) });
      },
      { undo: 'remove', ability: 'manage' },
    ),

    change: act(
      ChangeUser,
      (c) => ({ team: maybe(team, c.teamId ?? undefined), manager: maybe(self, c.managerId ?? undefined) }),
      (user, patch, { id, found }) => {
        if (patch.teamId && !found.team) return unknown('team');
        if (patch.managerId && !found.manager) return unknown('manager');
        if (patch.managerId && (patch.managerId === id || found.manager?.managerId === id))
          return reject('managers-in-a-circle', { managerId: patch.managerId });
        return UserChanged.between(user, { ...patch, ...standardised(patch) });
      },
      { undo: 'change', ability: 'manage' },
    ),

    changeProfile: act(ChangeProfile, (user, patch) => UserChanged.between(user, { ...patch, ...standardised(patch) }), {
      undo: 'change',
      ability: 'profile',
    }),

    assignRoles: act(
      AssignRoles,
      (c) => rolesOf(c.roleIds),
      (user, { roleIds }, { id, actor }) => {
        if (id === actor && user.roleIds.some((held) => !roleIds.includes(held))) return notOneself;
        return UserChanged.between(user, { roleIds });
      },
      { undo: 'assignRoles', ability: 'manage' },
    ),

    deactivate: act(
      DeactivateUser,
      (user, _, { id, actor }) => (id === actor ? notOneself : UserChanged.between(user, { active: false })),
      {
        undo: 'reactivate',
        ability: 'manage',
      },
    ),
    reactivate: act(ReactivateUser, (user) => UserChanged.between(user, { active: true }), { undo: 'deactivate', ability: 'manage' }),
    setPassword: act(SetPassword, (user, { hash }, { now }) => (user.active ? PasswordSet({ hash, at: now }) : reject('inactive-user')), {
      ability: 'credentials',
      inner: true,
    }),
    invite: act(
      InviteUser,
      (user, { hash }, { now, newId }) => {
        if (!user.active) return reject('inactive-user');
        if (!user.email) return reject('no-address-to-sign-in-by');
        const invitationId = newId();
        const until = new Date(Date.parse(now) + INVITED_FOR).toISOString();
        return [UserInvited({ invitationId, until }), InvitationSealed({ invitationId, hash })];
      },
      { undo: 'withdrawInvitation', ability: 'manage', inner: true },
    ),
    withdrawInvitation: act(
      WithdrawInvitation,
      ({ invitation }) => (invitation ? InvitationWithdrawn({ invitationId: invitation.id }) : []),
      { ability: 'manage' },
    ),
    join: act(
      JoinByInvitation,
      ({ active, invitation }, { invitationId, hash }, { now }) => {
        if (!active) return reject('inactive-user');
        if (invitation?.id !== invitationId || invitation.until <= now) return reject('invitation-over');
        return [UserJoined({ invitationId }), PasswordSet({ hash, at: now })];
      },
      { ability: 'credentials', inner: true },
    ),
    remove: act(RemoveUser, (_, __, { id, actor }) => (id === actor ? notOneself : UserRemoved({})), {
      ability: 'remove',
      undo: 'restore',
    }),
  },
  {
    owner: (user) => user.id,
    unique: { email: (user) => user.email },
    inverse: { [UserChanged.type]: takenBack, [UserInvited.type]: () => ({ command: 'withdrawInvitation', data: {} }) },
  },
);

/** Each role must exist; by its place in the list, for needs are named. */
const rolesOf = (roleIds: Id[]) => Object.fromEntries(roleIds.map((id, place) => [`role${place}`, one(role, id)]));

const unknown = (record: string) => reject('unknown-record', { record });

function standardised(form: { name?: string; email?: string | null }): { name?: string; email?: string | null } {
  return {
    ...(form.name === undefined ? {} : { name: cleanText(form.name) }),
    ...(form.email === undefined ? {} : { email: form.email === null ? null : addressOf(form.email) }),
  };
}

/** Lower case, for people sign in by it and do not mind its case. */
const addressOf = (typed: string | undefined) => (typed === undefined ? undefined : email(typed).value.toLowerCase());

/** One event, several commands: which of them takes it back, its fields tell. */
function takenBack(data: Parameters<typeof UserChanged>[0]): Inverse {
  if (data.roleIds) return { command: 'assignRoles', data: { roleIds: data.roleIds.from ?? [] } };
  if (data.active) return { command: data.active.from ? 'reactivate' : 'deactivate', data: {} };
  return { command: 'change', data: UserChanged.inverse(data) };
}

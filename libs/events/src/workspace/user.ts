import { changed, defineEvent, Flag, Id, Instant, lifecycle, List, Optional, personal, Ref, Text } from '#model';

/** Employees are people too: names and addresses are personal. */
const fields = {
  name: personal(Text),
  email: Optional(personal(Text)),
  teamId: Optional(Ref('workspace.team')),
  managerId: Optional(Ref('workspace.user')),
  roleIds: List(Ref('workspace.role')),
  language: Optional(personal(Text)),
  zone: Optional(personal(Text)),
  externalId: Optional(Text),
  active: Flag,
};
export const UserCreated = defineEvent('workspace.user.created', fields);
export const UserChanged = changed('workspace.user.changed', fields);
export const [UserRemoved, UserRestored, UserErased] = lifecycle('workspace.user');

/** Somebody was given a link to choose a password by, good once until then; a newer one takes the place of an older. */
export const UserInvited = defineEvent('workspace.user.invited', { invitationId: Id, until: Instant });
/** By what the link is known; the link itself is shown once and stored nowhere. `hash` is the SHA-256 of its token in hex. */
export const InvitationSealed = defineEvent('workspace.user.invitation-sealed', { invitationId: Id, hash: Text }, { internal: true });
export const InvitationWithdrawn = defineEvent('workspace.user.invitation-withdrawn', { invitationId: Id });
/** Whoever had the link has chosen a password. */
export const UserJoined = defineEvent('workspace.user.joined', { invitationId: Id });

/** How somebody signs in here. `hash` is no business of the other services, nor of any answer. */
export const PasswordSet = defineEvent('workspace.user.password-set', { hash: Text, at: Instant }, { internal: true });

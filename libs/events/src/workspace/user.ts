import { changed, defineEvent, Flag, Instant, lifecycle, List, Optional, personal, Ref, Text } from '#model';

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

/** How somebody signs in here. `hash` is no business of the other services, nor of any answer. */
export const PasswordSet = defineEvent('workspace.user.password-set', { hash: Text, at: Instant }, { internal: true });

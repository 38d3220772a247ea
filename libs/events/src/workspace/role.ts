import { changed, defineEvent, lifecycle, List, OneOf, Optional, Struct, Text } from '#model';

/** `can`: actions or `*`; `on`: kinds of records, services or `*`; `reach`: whose records. */
export const Grant = Struct({ can: List(Text), on: List(Text), reach: OneOf('own', 'team', 'all') });
/** `hidden`: fields nobody with this role sees or sets, as `kind.field`. */
const fields = { name: Text, grants: List(Grant), hidden: Optional(List(Text)) };
export const RoleCreated = defineEvent('workspace.role.created', fields);
export const RoleChanged = changed('workspace.role.changed', fields);
export const [RoleRemoved, RoleRestored, RoleErased] = lifecycle('workspace.role');

import { Id, Instant, List, on, Optional, projection, start, Text } from '#model';
import { Grant, RoleChanged, RoleCreated } from '#events/workspace/role';

export const roleRow = projection(
  'workspace.role-row',
  { id: Id, name: Text, grants: List(Grant), hidden: Optional(List(Text)), createdAt: Instant },
  { version: 1, access: 'everyone', indexes: [['name'], ['createdAt']], words: ['name'] },
  start(RoleCreated, (e) => ({ ...e.data, id: e.recordId, createdAt: e.at })),
  on(RoleChanged, (row, e) => RoleChanged.apply(row, e)),
);

import { Flag, Id, List, on, Optional, projection, Ref, start, Text, type Projection } from '#model';
import { Grant, RoleChanged, RoleCreated } from '#events/workspace/role';
import { TeamChanged, TeamCreated } from '#events/workspace/team';
import { TenantChanged, TenantCreated } from '#events/workspace/tenant';
import { UserChanged, UserCreated } from '#events/workspace/user';

type User = { id: string; active: boolean; roleIds: string[]; teamId?: string; managerId?: string };
type Team = { id: string; parentId?: string };
type Role = { id: string; name: string; grants: { can: string[]; on: string[]; reach: 'own' | 'team' | 'all' }[]; hidden?: string[] };
type Tenant = { id: string; zone: string; country: string };

/** Rows by which a service knows who may do what; workspace's own do as well. */
export type AccessRows = { users: Projection<User>; teams: Projection<Team>; roles: Projection<Role>; tenants: Projection<Tenant> };

/** The same for a service that runs apart from workspace: kept here, from workspace's events; nothing personal is in them. */
export function accessRows(service: string): AccessRows {
  const how = { version: 1, access: { ability: 'credentials' } };
  return {
    users: projection(
      `${service}.access-user`,
      {
        id: Id,
        active: Flag,
        roleIds: List(Ref('workspace.role')),
        teamId: Optional(Ref('workspace.team')),
        managerId: Optional(Ref('workspace.user')),
      },
      how,
      start(UserCreated, (e) => ({ ...e.data, id: e.recordId })),
      on(UserChanged, (row, e) => UserChanged.apply(row, e)),
    ),
    teams: projection(
      `${service}.access-team`,
      { id: Id, parentId: Optional(Ref('workspace.team')) },
      how,
      start(TeamCreated, (e) => ({ ...e.data, id: e.recordId })),
      on(TeamChanged, (row, e) => TeamChanged.apply(row, e)),
    ),
    roles: projection(
      `${service}.access-role`,
      { id: Id, name: Text, grants: List(Grant), hidden: Optional(List(Text)) },
      how,
      start(RoleCreated, (e) => ({ ...e.data, id: e.recordId })),
      on(RoleChanged, (row, e) => RoleChanged.apply(row, e)),
    ),
    tenants: projection(
      `${service}.access-tenant`,
      { id: Id, zone: Text, country: Text },
      how,
      start(TenantCreated, (e) => ({ ...e.data, id: e.recordId })),
      on(TenantChanged, (row, e) => TenantChanged.apply(row, e)),
    ),
  };
}

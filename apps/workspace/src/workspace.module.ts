import { Module } from '@nestjs/common';
import { DEFAULT_ROLES, service, type AccessRows } from '#service';
import { ApiKeyController } from './api-key/api-key.controller.ts';
import { apiKey } from './api-key/api-key.ts';
import { apiKeyHash, apiKeyRow } from './api-key/api-key-row.ts';
import { Me, MeController } from './me/me.controller.ts';
import { RoleController } from './role/role.controller.ts';
import { role, startingRole } from './role/role.ts';
import { roleRow } from './role/role-row.ts';
import { TeamController } from './team/team.controller.ts';
import { team } from './team/team.ts';
import { teamRow } from './team/team-row.ts';
import { SettingsController } from './tenant/tenant.controller.ts';
import { tenant } from './tenant/tenant.ts';
import { tenantRow } from './tenant/tenant-row.ts';
import { Invitation, UserController } from './user/user.controller.ts';
import { user } from './user/user.ts';
import { userColumns } from './user/user.columns.ts';
import { credentialRow, userRow } from './user/user-row.ts';
import { ViewController } from './view/view.controller.ts';
import { view } from './view/view.ts';
import { viewRow } from './view/view-row.ts';

/** Who may do what, as workspace's own views have it. */
export const WORKSPACE_ROWS: AccessRows = { users: userRow, teams: teamRow, roles: roleRow, tenants: tenantRow };

@Module(
  service('workspace', {
    aggregates: { users: user, teams: team, roles: role, views: view },
    inner: [tenant, apiKey],
    projections: [userRow, teamRow, roleRow, tenantRow, credentialRow, apiKeyRow, apiKeyHash, viewRow],
    columns: { users: userColumns },
    views: { users: userRow, teams: teamRow, roles: roleRow, views: viewRow },
    answers: {
      'GET /me': Me,
      'GET /settings': tenantRow,
      'GET /api-keys': apiKeyRow,
      'GET /api-keys/{id}': apiKeyRow,
      'POST /users/{id}/invitation': Invitation,
    },
    begins: (tenantId) => [
      {
        of: tenant,
        id: tenantId,
        command: 'create',
        data: { name: 'My company', zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      },
      ...DEFAULT_ROLES.map(({ name, grants }) => ({ of: role, id: startingRole(name), command: 'create', data: { name, grants } })),
    ],
    controllers: [UserController, MeController, TeamController, RoleController, SettingsController, ApiKeyController, ViewController],
  }),
)
export class WorkspaceModule {}

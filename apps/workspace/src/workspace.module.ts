import { Module } from '@nestjs/common';
import { service } from '#service';
import { apiKey, apiKeyHash, apiKeyRow } from './api-key/api-key.ts';
import { role, roleRow } from './role/role.ts';
import { ApiKeyController, RoleController, SettingsController, TeamController } from './settings.controller.ts';
import { team, teamRow } from './team/team.ts';
import { tenant, tenantRow } from './tenant/tenant.ts';
import { credentialRow, user, userRow } from './user/user.ts';
import { MeController, UserController } from './user/user.controller.ts';

@Module(
  service('workspace', {
    aggregates: { users: user, teams: team, roles: role },
    inner: [tenant, apiKey],
    projections: [userRow, teamRow, roleRow, tenantRow, credentialRow, apiKeyRow, apiKeyHash],
    views: { users: userRow, teams: teamRow, roles: roleRow },
    controllers: [UserController, MeController, TeamController, RoleController, SettingsController, ApiKeyController],
  }),
)
export class WorkspaceModule {}

export { apiKey, apiKeyHash } from './api-key/api-key.ts';
export * from './issuer/issuer.ts';
export * from './issuer/pages.ts';
export * from './issuer/passwords.ts';
export { role, roleRow } from './role/role.ts';
export { team, teamRow } from './team/team.ts';
export { tenant, tenantRow } from './tenant/tenant.ts';
export { credentialRow, user, userRow } from './user/user.ts';
export { WorkspaceModule } from './workspace.module.ts';

import { act, create, decider, fold, Id, List, on, projection, start, Text } from '#model';
import { TenantChanged, TenantCreated } from '#events/workspace/tenant';
import { ChangeTenant, CreateTenant } from './tenant.commands.ts';

export type Tenant = Parameters<typeof TenantCreated>[0];

const evolve = fold<Tenant>(
  start(TenantCreated, (e) => e.data),
  on(TenantChanged, (tenant, e) => TenantChanged.apply(tenant, e)),
);

export const tenant = decider('workspace.tenant', evolve, {
  create: create(CreateTenant, ({ name, zone = 'UTC', currency = 'USD', country = 'US', languages = ['en'] }) => TenantCreated({ name, zone, currency, country, languages }), { ability: 'manage' }),
  change: act(ChangeTenant, (tenant, patch) => TenantChanged.between(tenant, patch), { undo: 'change', ability: 'manage' }),
});

export const tenantRow = projection(
  'workspace.tenant-row',
  { id: Id, name: Text, zone: Text, currency: Text, country: Text, languages: List(Text) },
  { version: 1, access: 'everyone' },
  start(TenantCreated, (e) => ({ ...e.data, id: e.recordId })),
  on(TenantChanged, (row, e) => TenantChanged.apply(row, e)),
);

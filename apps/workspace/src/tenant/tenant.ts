import { act, create, decider, fold, on, reject, start } from '#model';
import { TenantChanged, TenantCreated } from '#events/workspace/tenant';
import { cleanText } from '#records';
import { ChangeTenant, CreateTenant, RemoveTenant } from './tenant.commands.ts';

export type Tenant = Parameters<typeof TenantCreated>[0];

const evolve = fold<Tenant>(
  start(TenantCreated, (e) => e.data),
  on(TenantChanged, (tenant, e) => TenantChanged.apply(tenant, e)),
);

/** A tenant's own settings: what its records are read by unless they say otherwise. The record has the tenant's id. */
export const tenant = decider('workspace.tenant', evolve, {
  create: create(
    CreateTenant,
    ({ name, zone = 'UTC', currency = 'USD', country = 'US', languages = ['en'] }) =>
      TenantCreated({ name: cleanText(name), zone, currency, country, languages }),
    { ability: 'manage' },
  ),
  change: act(
    ChangeTenant,
    (tenant, patch) => TenantChanged.between(tenant, { ...patch, ...(patch.name === undefined ? {} : { name: cleanText(patch.name) }) }),
    { undo: 'change', ability: 'manage' },
  ),
  // Without settings there is no day and no currency: they are changed, never removed.
  remove: act(RemoveTenant, () => reject('settings-stay'), { ability: 'remove' }),
});

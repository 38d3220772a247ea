import { act, create, decider, fold, on, reject, start } from '#model';
import { TenantChanged, TenantCreated } from '#events/workspace/tenant';
import { cleanText } from '#records';
import { ChangeTenant, CreateTenant } from './tenant.commands.ts';

/** There is one such record per tenant, so it needs no id of its own making. */
export const TENANT_ID = 'settings';

export type Tenant = Parameters<typeof TenantCreated>[0];

const evolve = fold<Tenant>(
  start(TenantCreated, (e) => e.data),
  on(TenantChanged, (tenant, e) => TenantChanged.apply(tenant, e)),
);

/** A tenant's own settings: what its records are read by unless they say otherwise. */
export const tenant = decider('workspace.tenant', evolve, {
  create: create(CreateTenant, (command, { id }) => {
    if (id !== TENANT_ID) return reject('one-tenant-only', { hint: 'a tenant has one record of settings' });
    return TenantCreated({ ...command, name: cleanText(command.name) });
  }),
  change: act(
    ChangeTenant,
    (tenant, patch) => TenantChanged.between(tenant, { ...patch, ...(patch.name === undefined ? {} : { name: cleanText(patch.name) }) }),
    { undo: 'change' },
  ),
  // Without settings there is no day and no currency: they are changed, never removed.
  remove: act(class RemoveTenant {}, () => reject('settings-stay'), { ability: 'remove' }),
});

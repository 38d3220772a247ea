import { spec, viewSpec } from '#testing';
import { TenantChanged, TenantCreated } from '#events/workspace/tenant';
import { tenant } from './tenant.ts';
import { tenantRow } from './tenant-row.ts';

const given = spec(tenant);
const acme = { name: 'Acme', zone: 'Europe/Sofia', currency: 'EUR', country: 'BG', languages: ['bg', 'en'] };
const created = TenantCreated(acme);

it('begins with the usual settings unless others are named', () => {
  given()
    .when('create', { ...acme, name: ' Acme ' })
    .then(created);
  given()
    .when('create', { name: 'Acme' })
    .then(TenantCreated({ name: 'Acme', zone: 'UTC', currency: 'USD', country: 'US', languages: ['en'] }));
});
it('records what changed, and stays silent when nothing did', () => {
  given(created)
    .when('change', { zone: 'UTC', currency: 'EUR' })
    .then(TenantChanged({ zone: { from: 'Europe/Sofia', to: 'UTC' } }));
  given(created).when('change', { name: 'Acme' }).then();
});
it('is never removed', () => given(created).when('remove', {}).thenRejected('settings-stay'));
it('shows its settings as they are now', () =>
  viewSpec(tenantRow)(created, TenantChanged({ zone: { from: 'Europe/Sofia', to: 'UTC' } })).then({
    ...acme,
    id: 'r1',
    zone: 'UTC',
    createdAt: '2026-03-02T09:00:00.000Z',
  }));

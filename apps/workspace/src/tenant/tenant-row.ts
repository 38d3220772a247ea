import { Id, Instant, List, on, projection, start, Text } from '#model';
import { TenantChanged, TenantCreated } from '#events/workspace/tenant';

/** A tenant's settings, for everybody who works in it. */
export const tenantRow = projection(
  'workspace.tenant-row',
  { id: Id, name: Text, zone: Text, currency: Text, country: Text, languages: List(Text), createdAt: Instant },
  { version: 1, access: 'everyone', indexes: [['name']] },
  start(TenantCreated, (e) => ({ ...e.data, id: e.recordId, createdAt: e.at })),
  on(TenantChanged, (row, e) => TenantChanged.apply(row, e)),
);

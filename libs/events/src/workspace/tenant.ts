import { changed, defineEvent, lifecycle, List, Text } from '#model';

/** `zone`: where business days begin; `currency`: what amounts without one are taken as; `country`: where phone numbers without a prefix are. */
const fields = { name: Text, zone: Text, currency: Text, country: Text, languages: List(Text) };
export const TenantCreated = defineEvent('workspace.tenant.created', fields);
export const TenantChanged = changed('workspace.tenant.changed', fields);
export const [TenantRemoved, TenantRestored, TenantErased] = lifecycle('workspace.tenant');

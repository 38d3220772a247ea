import type { Profile } from '../kinds.ts';

/** Fields to be set; null clears. */
export type Patch = Record<string, unknown>;

/** What is sent to set one field: one of the tenant's own goes with the whole bag. */
export function patchOf(profile: Profile, field: string, value: unknown): Patch {
  if (!field.startsWith('custom.')) return { [field]: value ?? null };
  return { custom: { ...profile.custom, [field.slice('custom.'.length)]: value ?? null } };
}

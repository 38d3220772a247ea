import { createHash } from 'node:crypto';
import type { KeyOfPerson, MovableVault, Person, Tombstone } from '#engines/vault';
import { sweepsOf } from '../erasure.ts';

/** How many of each there are. */
export type VaultCopy = { tenantKeys: number; people: number; destroyed: number };

/** The target keeps a key of its own where another was to be carried: what one of them seals the other cannot open. */
export class OtherKeys extends Error {
  override readonly name = 'OtherKeys';
}

const PAGE = 1_000;

/**
 * Carries all keys to another vault, wrapped anew by that one's own: of tenants, of people, and the tombstones of those that were destroyed, which stay
 * destroyed, with what services have noted of their sweeps. May be called again and finishes what was half done.
 *
 * @throws OtherKeys
 */
export async function copyVault(source: MovableVault, target: MovableVault, tenant?: string): Promise<VaultCopy> {
  const tenantKeys = (await source.tenantKeys()).filter((one) => concerns(tenant, one));
  for (const one of tenantKeys) if (!same(await target.takeTenantKey(one), one.key)) throw otherKey(one.tenant);
  let destroyed = 0;
  for await (const page of tombstonesOf(source, tenant)) {
    for (const { tenant: of, person, destroyedAt } of page) {
      await target.destroy(of, [person], destroyedAt);
      for (const [name, value] of Object.entries(await source.notes(sweepsOf(of, person)))) await target.note(name, value);
    }
    destroyed += page.length;
  }
  let people = 0;
  for await (const page of peopleOf(source, tenant)) {
    const kept = await target.takePeople(page);
    const other = page.find(({ key }, at) => !same(kept[at], key));
    if (other) throw otherKey(other.tenant);
    people += page.length;
  }
  return { tenantKeys: tenantKeys.length, people, destroyed };
}

/** That the target keeps no other keys of these tenants, to be asked before anything is written. @throws OtherKeys */
export async function mustFit(source: MovableVault, target: MovableVault, tenant?: string): Promise<void> {
  const theirs = new Map((await target.tenantKeys()).map(({ tenant: of, purpose, key }) => [`${of}\u0000${purpose}`, key]));
  for (const one of (await source.tenantKeys()).filter((key) => concerns(tenant, key))) {
    const kept = theirs.get(`${one.tenant}\u0000${one.purpose}`);
    if (kept && !same(kept, one.key)) throw otherKey(one.tenant);
  }
}

/** SHA-256 over every key and every tombstone, in an order of their own: two vaults with the same can open, and cannot open, the same. */
export async function digestOfVault(vault: MovableVault, tenant?: string): Promise<string> {
  const all = createHash('sha256');
  for (const { tenant: of, purpose, key } of await vault.tenantKeys())
    if (concerns(tenant, { tenant: of })) all.update(`${of}\u0000${purpose}\u0000`).update(key);
  for await (const page of peopleOf(vault, tenant))
    for (const { tenant: of, person, key } of page) all.update(`${of}\u0000${person}\u0000`).update(key);
  const destroyed: string[] = [];
  for await (const page of tombstonesOf(vault, tenant))
    for (const { tenant: of, person, destroyedAt } of page) destroyed.push(`${of}\u0000${person}\u0000${destroyedAt}`);
  for (const one of destroyed.sort()) all.update(`${one}\u0000`);
  return all.digest('hex');
}

const concerns = (tenant: string | undefined, one: { tenant: string }) => tenant === undefined || one.tenant === tenant;
const same = (kept: Uint8Array | 'erased' | undefined, key: Uint8Array) => kept instanceof Uint8Array && Buffer.compare(kept, key) === 0;
const otherKey = (tenant: string) =>
  new OtherKeys(`The target's vault has keys of its own for the tenant ${tenant}: it belongs to another installation.`);

async function* peopleOf(vault: MovableVault, tenant?: string): AsyncGenerator<KeyOfPerson[]> {
  for (let after: Person = { tenant: tenant ?? '', person: '' }; ;) {
    const page = await vault.people(after, PAGE);
    const wanted = page.filter((one) => concerns(tenant, one));
    if (wanted.length > 0) yield wanted;
    if (wanted.length < page.length || page.length === 0) return;
    after = page.at(-1)!;
  }
}

async function* tombstonesOf(vault: MovableVault, tenant?: string): AsyncGenerator<Tombstone[]> {
  for (let after = 0; ;) {
    const page = await vault.tombstones(after, PAGE);
    if (page.length === 0) return;
    yield page.filter((one) => concerns(tenant, one));
    after = page.at(-1)!.seq;
  }
}

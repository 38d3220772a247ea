import type { Vault } from '#engines/vault';
import { Recent } from '#model';

const MAX_AGE = 60_000;
const MOST = 10_000;

export type PersonKey = Uint8Array | 'erased' | undefined;

/** Keys of people from the vault, at most 60 s old: when an erasure is older than that, no copy of its key is left in any process. */
export class PersonKeys {
  private readonly cache = new Recent<{ key: PersonKey; at: number }>(MOST);

  constructor(
    private readonly vault: Vault,
    private readonly clock: () => number,
  ) {}

  /** In one call to the vault for all that are not known. */
  async get(tenant: string, people: Iterable<string>, how: { make?: boolean } = {}): Promise<Map<string, PersonKey>> {
    const now = this.clock();
    const found = new Map<string, PersonKey>();
    const missing: string[] = [];
    for (const person of people) {
      const kept = this.cache.get(`${tenant}\u0000${person}`);
      // A key that may be made meanwhile is not remembered as missing.
      if (kept && kept.key !== undefined && now - kept.at < MAX_AGE && kept.at <= now) found.set(person, kept.key);
      else missing.push(person);
    }
    if (missing.length > 0) {
      const keys = how.make ? await this.vault.make(tenant, missing) : await this.vault.keys(tenant, missing);
      for (const [index, person] of missing.entries()) {
        found.set(person, keys[index]);
        this.cache.set(`${tenant}\u0000${person}`, { key: keys[index], at: now });
      }
    }
    return found;
  }

  /** After an erasure, at once in this process. */
  forget(tenant: string, person: string): void {
    this.cache.delete(`${tenant}\u0000${person}`);
  }
}

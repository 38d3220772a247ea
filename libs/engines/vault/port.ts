/**
 * Keys of people, wrapped by their tenant's key, in a database of their own with a back-up of their own. A person is named by the record:
 * `contacts.contact/<id>`. Every call may reject with VaultUnavailable: a full disk, a lock, a damaged file.
 */
export interface Vault {
  /** Keys that exist; `'erased'` where a tombstone stands; undefined where none was ever made. In the order asked. */
  keys(tenant: string, people: string[]): Promise<(Uint8Array | 'erased' | undefined)[]>;

  /** As `keys`, but makes those that are missing, durably, before it answers; tombstones stay `'erased'`. */
  make(tenant: string, people: string[]): Promise<(Uint8Array | 'erased')[]>;

  /** Destroys keys and leaves tombstones that forbid making them again. Idempotent; gives the time of the first destruction (RFC 3339). */
  destroy(tenant: string, people: string[], at: string): Promise<string[]>;

  /** Tombstones after a sequence number, oldest first: what services sweep by, and what a restored vault applies again. */
  tombstones(after: number, limit: number): Promise<Tombstone[]>;

  /** A key of the tenant for fingerprints of unique values (HMAC-SHA-256); made on first use. */
  tenantKey(tenant: string, purpose: string): Promise<Uint8Array>;

  /**
   * Writes a note down beside the keys, durably; the same name replaces it. Kept here because it must share the fate of the keys: which service has
   * swept after an erasure, how far a log's erasures have been applied to this very vault.
   */
  note(name: string, value: string): Promise<void>;

  /** Notes whose names begin so, by name: at most 1,000. */
  notes(prefix: string): Promise<Record<string, string>>;

  close(): Promise<void>;
}

/** A vault that can be carried to another engine: it tells all it holds, and takes in what another held. Keys pass in the clear, in memory only. */
export interface MovableVault extends Vault {
  /** Every key of a tenant's own that was ever made. */
  tenantKeys(): Promise<TenantKey[]>;

  /** Keys of people behind one, by tenant and person, at most `limit`; destroyed ones are not among them. */
  people(after: Person, limit: number): Promise<KeyOfPerson[]>;

  /** Takes in a tenant's key where there is none for its purpose. @returns the one that is kept now */
  takeTenantKey(of: TenantKey): Promise<Uint8Array>;

  /** Takes in keys of people where there are none, durably; tombstones stay `'erased'`. @returns what is kept now, in the order given */
  takePeople(people: KeyOfPerson[]): Promise<(Uint8Array | 'erased')[]>;
}

export type TenantKey = { tenant: string; purpose: string; key: Uint8Array };
export type Person = { tenant: string; person: string };
export type KeyOfPerson = Person & { key: Uint8Array };

export type Tombstone = { seq: number; tenant: string; person: string; destroyedAt: string };

/** What is in the vault is wrapped by another master key than the one given: nothing in it can be opened, and nothing may be added to it. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
  constructor(options?: ErrorOptions) {
    super('The vault was made under another master key than the one given (RAPPORT_MASTER_KEY, else the file beside the vault).', options);
  }
}

/** The vault cannot take or give keys at the moment: nothing was made or destroyed. What needs a key waits; nothing is written without one. */
export class VaultUnavailable extends Error {
  override readonly name = 'VaultUnavailable';
}

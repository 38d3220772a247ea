import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

export type VaultOptions = {
  /** 32 bytes that wrap the tenants' keys. */
  masterKey: Uint8Array;
};

const MASTER = /^[A-Za-z0-9+/]{43}=$/;

/** The installation's master key: given as base64 (a real deployment keeps it in a secret store), else kept in a file beside the vault, made on first use. */
export function masterKeyOf(file: string, given?: string): Uint8Array {
  if (given !== undefined) {
    if (!MASTER.test(given)) throw new Error('RAPPORT_MASTER_KEY must be 32 bytes in base64, as `openssl rand -base64 32` makes them');
    return Buffer.from(given, 'base64');
  }
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flush: true });
    chmodSync(file, 0o600);
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
}

/** AES-256-GCM: nonce, ciphertext, tag; the name of what is wrapped is authenticated with it. */
export function wrap(by: Uint8Array, key: Uint8Array, name: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', by, nonce).setAAD(Buffer.from(name));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

export function unwrap(by: Uint8Array, wrapped: Uint8Array, name: string): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', by, wrapped.subarray(0, 12)).setAAD(Buffer.from(name)).setAuthTag(wrapped.subarray(-16));
  // A copy of its own: buffers share pages, in which other keys would outlive theirs.
  const key = new Uint8Array(decipher.update(wrapped.subarray(12, -16)));
  decipher.final();
  return key;
}

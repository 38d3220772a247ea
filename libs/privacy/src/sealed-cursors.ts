import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Vault } from '#engines/vault';
import { randomOf } from '#model';

const NONCE = 12;
const TAG = 16;

export type SealedCursors = ReturnType<typeof sealedCursors>;

/**
 * Cursors say where a page ended by the values it was sorted by: names, addresses. They travel in headers and addresses, which are kept by whoever they pass;
 * so they are sealed with a key of the tenant (AES-256-GCM, the view's name authenticated with them) and say nothing to anybody else.
 */
export function sealedCursors(vault: Pick<Vault, 'tenantKey'>) {
  const keys = new Map<string, Promise<Uint8Array>>();
  const keyOf = (tenant: string): Promise<Uint8Array> => {
    let key = keys.get(tenant);
    if (!key) {
      keys.set(tenant, (key = vault.tenantKey(tenant, 'cursors')));
      key.catch(() => keys.delete(tenant)); // the vault could not be asked: the next page asks again
    }
    return key;
  };
  return {
    async seal(tenant: string, view: string, cursor: string): Promise<string> {
      const nonce = randomOf(NONCE);
      const cipher = createCipheriv('aes-256-gcm', await keyOf(tenant), nonce).setAAD(Buffer.from(view));
      return Buffer.concat([nonce, cipher.update(cursor, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },

    /** Undefined when it is none that this tenant was given for this view. */
    async open(tenant: string, view: string, sealed: string): Promise<string | undefined> {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length <= NONCE + TAG) return undefined;
      const key = await keyOf(tenant);
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(view));
        cipher.setAuthTag(bytes.subarray(-TAG));
        return Buffer.concat([cipher.update(bytes.subarray(NONCE, -TAG)), cipher.final()]).toString('utf8');
      } catch {
        return undefined; // altered, or sealed for another tenant or view
      }
    },
  };
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { MissingBytes, type Files } from '#engines/files';
import type { Vault } from '#engines/vault';
import { ErasedPerson } from './seal.ts';

/** A frame holds at most this much, so that memory stays flat however long a file is. */
const MOST_FRAME = 1024 * 1024;
const HEAD = 4;

/** Whose file: the record whose key it is sealed under (`contacts.batch/<id>`), and the part of it. */
export type FileOf = { tenant: string; record: string; name: string };
export type SealedFiles = ReturnType<typeof sealedFiles>;

/**
 * Files sealed under a record's own key, so that destroying the key destroys them wherever a copy lies. Frames of AES-256-GCM with the file's name
 * and the frame's place authenticated: none can be moved, changed or left out unnoticed.
 */
export function sealedFiles(files: Files, vault: Vault) {
  const keyOf = async ({ tenant, record }: FileOf): Promise<Uint8Array> => {
    const [key] = await vault.make(tenant, [record]);
    if (!(key instanceof Uint8Array)) throw new ErasedPerson('the key of this file was destroyed');
    return key;
  };
  const aad = ({ tenant, record, name }: FileOf, at: number) => Buffer.from(`${tenant}\u0000${record}\u0000${name}\u0000${at}`);

  return {
    /**
     * Adds to a file from `at` on, which is where it ended before; what stands behind is dropped.
     *
     * @returns where it ends now @throws ErasedPerson when the key is gone
     */
    async append(of: FileOf, at: number, bytes: Uint8Array): Promise<number> {
      const key = await keyOf(of);
      const frames: Buffer[] = [];
      let end = at;
      for (let from = 0; from < bytes.length; from += MOST_FRAME) {
        const nonce = randomBytes(12);
        const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad(of, end));
        const sealed = Buffer.concat([nonce, cipher.update(bytes.subarray(from, from + MOST_FRAME)), cipher.final(), cipher.getAuthTag()]);
        const head = Buffer.alloc(HEAD);
        head.writeUInt32BE(sealed.length);
        frames.push(head, sealed);
        end += HEAD + sealed.length;
      }
      return frames.length === 0 ? at : files.write(of.name, at, Buffer.concat(frames));
    },

    /** What was added, frame by frame, up to `end`. @throws MissingBytes or Error when it is damaged, ErasedPerson when the key is gone */
    async *read(of: FileOf, end: number): AsyncGenerator<Buffer> {
      const key = await keyOf(of);
      for (let at = 0; at < end;) {
        const length = Buffer.from(await files.read(of.name, at, at + HEAD)).readUInt32BE();
        if (at + HEAD + length > end || length < 28) throw new MissingBytes('the file ends within a frame');
        const sealed = await files.read(of.name, at + HEAD, at + HEAD + length);
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(aad(of, at)).setAuthTag(sealed.subarray(-16));
        yield Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
        at += HEAD + length;
      }
    },

    remove: ({ name }: FileOf): Promise<void> => files.remove(name),
  };
}

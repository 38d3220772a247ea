import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFiles } from '#engines/files';
import { openVaultFile, type Vault } from '#engines/vault';
import { ErasedPerson, sealedFiles, type SealedFiles } from '#privacy';

let folder: string;
let vault: Vault;
let sealed: SealedFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-sealed-'));
  vault = openVaultFile(join(folder, 'vault.db'), { masterKey: Buffer.alloc(32, 1) });
  sealed = sealedFiles(openFiles(join(folder, 'files')), vault);
});
afterEach(async () => {
  await vault.close();
  rmSync(folder, { recursive: true });
});

const of = { tenant: 't', record: 'contacts.batch/b1', name: 'b1.csv' };
const all = async (file: typeof of, end: number) => {
  const parts: Buffer[] = [];
  for await (const part of sealed.read(file, end)) parts.push(part);
  return Buffer.concat(parts).toString();
};

it('gives back what was added, and keeps nothing in the open', async () => {
  const long = 'Ann Lee,'.repeat(300_000);
  const end = await sealed.append(of, await sealed.append(of, 0, Buffer.from('Name,\n')), Buffer.from(long));
  expect(await all(of, end)).toBe(`Name,\n${long}`);
  expect(readFileSync(join(folder, 'files', 'b1.csv')).includes('Ann Lee')).toBe(false);
});

it('goes on from where it ended before, as if nothing had been begun', async () => {
  const first = await sealed.append(of, 0, Buffer.from('one '));
  await sealed.append(of, first, Buffer.from('half written'));
  expect(await all(of, await sealed.append(of, first, Buffer.from('two')))).toBe('one two');
});

it('notices what is missing, moved or another’s', async () => {
  const end = await sealed.append(of, 0, Buffer.from('secret'));
  await expect(all(of, end + 1)).rejects.toThrow();
  await expect(all({ ...of, record: 'contacts.batch/b2' }, end)).rejects.toThrow();
});

it('is nothing any more once its key is destroyed', async () => {
  const end = await sealed.append(of, 0, Buffer.from('secret'));
  await vault.destroy('t', [of.record], '2026-01-01T00:00:00.000Z');
  await expect(all(of, end)).rejects.toThrow(ErasedPerson);
  await expect(sealed.append(of, end, Buffer.from('more'))).rejects.toThrow(ErasedPerson);
});

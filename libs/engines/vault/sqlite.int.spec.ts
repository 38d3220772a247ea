import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { movableVaultContract, vaultContract } from './contract.ts';
import { openVaultFile } from './sqlite.ts';
import { masterKeyOf } from './wrapping.ts';

const inAFile = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'rapport-vault-'));
  const open = () => openVaultFile(join(dir, 'vault.db'), { masterKey: masterKeyOf(join(dir, 'master.key')) });
  let vault = open();
  return {
    vault,
    reopen: async () => {
      await vault.close();
      return (vault = open());
    },
    close: async () => {
      await vault.close();
      rmSync(dir, { recursive: true });
    },
  };
};
vaultContract('SQLite', inAFile);
movableVaultContract('SQLite', inAFile);

it('holds no key in the clear, before or after it is destroyed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'rapport-vault-'));
  const vault = openVaultFile(join(dir, 'vault.db'), { masterKey: Buffer.alloc(32, 7) });
  const [key] = (await vault.make('t', ['c/1'])) as [Uint8Array];
  const contents = () => Buffer.concat(readdirSync(dir).map((file) => readFileSync(join(dir, file))));
  expect(contents().includes(Buffer.from(key))).toBe(false);
  await vault.destroy('t', ['c/1'], '2026-01-01T00:00:00.000Z');
  expect(contents().includes(Buffer.from(key))).toBe(false);
  await vault.close();
  rmSync(dir, { recursive: true });
});

it('refuses a master key that is not the one it was made under', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'rapport-vault-'));
  const open = (key: number) => openVaultFile(join(dir, 'vault.db'), { masterKey: Buffer.alloc(32, key) });
  const vault = open(7);
  const made = await vault.make('t', ['c/1']);
  await vault.close();
  expect(() => open(8)).toThrow('made under another master key');
  const again = open(7);
  expect(await again.keys('t', ['c/1'])).toEqual(made);
  await again.close();
  rmSync(dir, { recursive: true });
});

it('refuses a master key that is none', () => {
  expect(() => masterKeyOf('', 'short')).toThrow(/32 bytes in base64/);
});

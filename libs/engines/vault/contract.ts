import type { Vault } from './port.ts';

type Open = { vault: Vault; reopen: () => Promise<Vault>; close: () => Promise<void> };

/** What every vault must keep. */
export function vaultContract(name: string, open: () => Promise<Open>): void {
  describe(`vault: ${name}`, () => {
    let opened: Open;
    let vault: Vault;
    beforeEach(async () => {
      opened = await open();
      vault = opened.vault;
    });
    afterEach(() => opened.close());

    it('makes a key once and keeps it when it is opened again', async () => {
      const [made] = await vault.make('t', ['c/1']);
      expect(await vault.make('t', ['c/1'])).toEqual([made]);
      vault = await opened.reopen();
      expect(await vault.keys('t', ['c/1', 'c/2'])).toEqual([made, undefined]);
    });

    it('gives each person and each tenant keys of their own', async () => {
      const keys = [...(await vault.make('t', ['c/1', 'c/2'])), ...(await vault.make('u', ['c/1']))].map((key) =>
        Buffer.from(key as Uint8Array).toString('hex'),
      );
      expect(new Set(keys).size).toBe(3);
      expect(keys.every((key) => key.length === 64)).toBe(true);
    });

    it('forbids making a destroyed key again', async () => {
      await vault.make('t', ['c/1']);
      expect(await vault.destroy('t', ['c/1'], '2026-01-01T00:00:00.000Z')).toEqual(['2026-01-01T00:00:00.000Z']);
      expect(await vault.destroy('t', ['c/1'], '2027-01-01T00:00:00.000Z')).toEqual(['2026-01-01T00:00:00.000Z']);
      vault = await opened.reopen();
      expect(await vault.make('t', ['c/1'])).toEqual(['erased']);
      expect(await vault.keys('t', ['c/1'])).toEqual(['erased']);
    });

    it('lists tombstones in the order of destruction', async () => {
      await vault.destroy('t', ['c/2'], '2026-01-01T00:00:00.000Z');
      await vault.destroy('u', ['c/1'], '2026-01-02T00:00:00.000Z');
      const [first] = await vault.tombstones(0, 10);
      expect(first).toMatchObject({ tenant: 't', person: 'c/2' });
      expect((await vault.tombstones(first!.seq, 10)).map((one) => one.person)).toEqual(['c/1']);
    });

    it('keeps notes by name, and gives those that begin alike', async () => {
      await vault.note('sweep/a/contacts', 'first');
      await vault.note('sweep/a/contacts', 'second');
      await vault.note('sweep/a/sales', 'first');
      await vault.note('sweep/b/contacts', 'other');
      await vault.note('sweep/a_c', 'other');
      vault = await opened.reopen();
      expect(await vault.notes('sweep/a/')).toEqual({ 'sweep/a/contacts': 'second', 'sweep/a/sales': 'first' });
      expect(await vault.notes('nothing')).toEqual({});
    });

    it('keeps a key per tenant and purpose', async () => {
      const key = await vault.tenantKey('t', 'fingerprints');
      vault = await opened.reopen();
      expect(await vault.tenantKey('t', 'fingerprints')).toEqual(key);
      expect(await vault.tenantKey('t', 'people')).not.toEqual(key);
    });
  });
}

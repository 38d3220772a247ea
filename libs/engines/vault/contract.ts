import type { KeyOfPerson, MovableVault, Vault } from './port.ts';

type Open<V extends Vault = Vault> = { vault: V; reopen: () => Promise<V>; close: () => Promise<void> };

/** What every vault must keep; skipped by name where there is no engine. */
export function vaultContract(name: string, open: (() => Promise<Open>) | undefined): void {
  (open ? describe : describe.skip)(`vault: ${name}`, () => {
    let opened: Open;
    let vault: Vault;
    beforeEach(async () => {
      opened = await open!();
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

    it('makes one key however many ask at once, and gives everybody that one', async () => {
      const people = Array.from({ length: 50 }, (_, i) => `c/${i % 10}`);
      const made = await Promise.all(people.map((person) => vault.make('t', [person])));
      const again = await vault.make('t', people);
      expect(made.map(([key]) => key)).toEqual(again);
    });

    it('gives keys in the order asked, also where some are erased, made before, or asked for twice', async () => {
      const [second] = await vault.make('t', ['c/2']);
      await vault.destroy('t', ['c/3'], '2026-01-01T00:00:00.000Z');
      const [first, again, erased, fresh, twice] = await vault.make('t', ['c/1', 'c/2', 'c/3', 'c/4', 'c/4']);
      expect([again, erased, twice]).toEqual([second, 'erased', fresh]);
      expect(await vault.keys('t', ['c/4', 'c/9', 'c/3', 'c/1'])).toEqual([fresh, undefined, 'erased', first]);
      expect(await vault.keys('t', [])).toEqual([]);
    });

    it('leaves the keys of others as they are when some are destroyed', async () => {
      const people = Array.from({ length: 200 }, (_, i) => `c/${i}`);
      const made = await vault.make('t', people);
      const [other] = await vault.make('u', ['c/7']);
      await vault.destroy('t', ['c/7', 'c/8'], '2026-01-01T00:00:00.000Z');
      expect(await vault.keys('t', people)).toEqual(made.map((key, i) => (i === 7 || i === 8 ? 'erased' : key)));
      expect(await vault.keys('u', ['c/7'])).toEqual([other]);
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

/** What every vault must do besides that can be carried to another engine. */
export function movableVaultContract(name: string, open: (() => Promise<Open<MovableVault>>) | undefined): void {
  (open ? describe : describe.skip)(`vault to be moved: ${name}`, () => {
    let opened: Open<MovableVault>;
    let vault: MovableVault;
    beforeEach(async () => {
      opened = await open!();
      vault = opened.vault;
    });
    afterEach(() => opened.close());

    const keyOf = (n: number) => new Uint8Array(32).fill(n);

    it('tells every key it holds, page by page, and no destroyed one', async () => {
      const fingerprints = await vault.tenantKey('t', 'fingerprints');
      const people = ['c/1', 'c/2', 'c/3', 'c/4'];
      const made = await vault.make('t', people);
      await vault.make('u', ['c/1']);
      await vault.destroy('t', ['c/2'], '2026-01-01T00:00:00.000Z');
      const told: KeyOfPerson[] = [];
      for (let page = await vault.people({ tenant: '', person: '' }, 2); page.length > 0; page = await vault.people(told.at(-1)!, 2))
        told.push(...page);
      expect(told.map(({ tenant, person }) => `${tenant} ${person}`)).toEqual(['t c/1', 't c/3', 't c/4', 'u c/1']);
      expect(told.slice(0, 3).map(({ key }) => key)).toEqual([made[0], made[2], made[3]]);
      expect((await vault.tenantKeys()).map(({ tenant, purpose }) => `${tenant} ${purpose}`)).toEqual([
        't fingerprints',
        't people',
        'u people',
      ]);
      expect((await vault.tenantKeys())[0]).toEqual({ tenant: 't', purpose: 'fingerprints', key: fingerprints });
    });

    it('takes in keys as they are, and gives them for its own from then on', async () => {
      expect(await vault.takeTenantKey({ tenant: 't', purpose: 'fingerprints', key: keyOf(1) })).toEqual(keyOf(1));
      const people = [2, 3].map((n) => ({ tenant: 't', person: `c/${n}`, key: keyOf(n) }));
      expect(await vault.takePeople(people)).toEqual([keyOf(2), keyOf(3)]);
      vault = await opened.reopen();
      expect(await vault.tenantKey('t', 'fingerprints')).toEqual(keyOf(1));
      expect(await vault.make('t', ['c/3', 'c/2'])).toEqual([keyOf(3), keyOf(2)]);
    });

    it('keeps what it had, and revives nobody', async () => {
      const [mine] = await vault.make('t', ['c/1']);
      const fingerprints = await vault.tenantKey('t', 'fingerprints');
      await vault.destroy('t', ['c/2'], '2026-01-01T00:00:00.000Z');
      const theirs = ['c/1', 'c/2', 'c/3'].map((person) => ({ tenant: 't', person, key: keyOf(9) }));
      expect(await vault.takePeople(theirs)).toEqual([mine, 'erased', keyOf(9)]);
      expect(await vault.takeTenantKey({ tenant: 't', purpose: 'fingerprints', key: keyOf(9) })).toEqual(fingerprints);
    });
  });
}

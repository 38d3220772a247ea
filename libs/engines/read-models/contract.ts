import fc from 'fast-check';
import { foldText } from '#model';
import { BadQuery, type Page, type Query, type ReadModels, type Scalar, type Stored, type Where, type Write } from './port.ts';

type Open = { models: ReadModels; reopen: () => Promise<ReadModels>; close: () => Promise<void> };
const PEOPLE = {
  name: 'contacts.people@1',
  indexes: [['name'], ['ownerId', 'name'], ['age'], ['tags'], ['removed'], ['value.currency']],
  words: ['name', 'emails'],
  sums: ['minor'],
};
const write = (id: string, doc: Record<string, unknown>, expected = 0, tenant = 't1'): Write => ({
  collection: PEOPLE.name,
  tenant,
  id,
  expected,
  revision: expected + 1,
  doc,
});

/** What every engine of the port must keep; skipped by name where there is no engine. */
export function readModelsContract(name: string, open: (() => Promise<Open>) | undefined): void {
  (open ? describe : describe.skip)(`read models: ${name}`, () => {
    let it_: Open;
    let models: ReadModels;
    beforeEach(async () => {
      it_ = await open!();
      models = it_.models;
      await models.declare([PEOPLE]);
    });
    afterEach(() => it_.close());
    const ask = (query: Partial<Query>) => models.query({ collection: PEOPLE.name, tenant: 't1', limit: 50, ...query });
    const ids = async (query: Partial<Query>) => (await ask(query)).items.map(({ id }) => id);

    it('gives back what was saved, in the order asked', async () => {
      await models.save([write('a', { name: 'Ann' }), write('b', { name: 'Bob' })]);
      const [b, none, a] = await models.load(PEOPLE.name, [
        { tenant: 't1', id: 'b' },
        { tenant: 't1', id: 'x' },
        { tenant: 't1', id: 'a' },
      ]);
      expect([b?.doc, none, a?.doc]).toEqual([{ name: 'Bob' }, undefined, { name: 'Ann' }]);
      expect(a).toMatchObject({ version: 1, revision: 1 });
    });

    it('saves under the version loaded, and names what lost', async () => {
      await models.save([write('a', { name: 'Ann' })]);
      const lost = await models.save([
        write('a', { name: 'late' }),
        write('a', { name: 'Anna' }, 1),
        write('a', { name: 'later' }, 1),
        write('b', { name: 'Bob' }),
      ]);
      expect(lost.map(({ doc }) => doc!.name)).toEqual(['late', 'later']);
      expect((await models.load(PEOPLE.name, [{ tenant: 't1', id: 'a' }]))[0]).toMatchObject({ version: 2, doc: { name: 'Anna' } });
    });

    it('saves together what is to be together, or none of it, and lets others wait; where it can', async () => {
      if (!models.together) return;
      const begun = Promise.withResolvers<void>();
      const finish = Promise.withResolvers<void>();
      const failing = models.together(async () => {
        await models.save([write('a', { name: 'Ann' })]);
        begun.resolve();
        await finish.promise;
        await models.together!(() => models.save([write('b', { name: 'Bob' })]));
        expect(
          await models.load(
            PEOPLE.name,
            ['a', 'b'].map((id) => ({ tenant: 't1', id })),
          ),
        ).toMatchObject([{ id: 'a' }, { id: 'b' }]);
        throw new Error('the work failed');
      });
      await begun.promise;
      const others = models.save([write('c', { name: 'Cid' })]);
      finish.resolve();
      await expect(failing).rejects.toThrow('the work failed');
      expect(await others).toEqual([]);
      expect(await ids({})).toEqual(['c']);
      expect(await models.together(() => models.save([write('a', { name: 'Ann' }), write('c', { name: 'late' })]))).toHaveLength(1);
      models = await it_.reopen();
      expect(await ids({})).toEqual(['a', 'c']);
    });

    it.each([false, true])('reads a narrow collection along its indexes, by one value or by several, downwards: %s', async (desc) => {
      const collection = 'contacts.touches@1';
      const spec = {
        name: collection,
        narrow: true,
        indexes: [
          ['record', 'order'],
          ['own', 'order'],
        ],
      };
      await models.declare([spec]);
      const docs = Array.from({ length: 30 }, (_, at) => ({
        record: `r${at % 3}`,
        order: String(at).padStart(2, '0'),
        ...(at % 2 ? { own: 'c' } : {}),
      }));
      await models.save(docs.map((doc) => ({ ...write(`e${doc.order}`, doc), collection })));
      const found = async (where: Where) => {
        const orders: unknown[] = [];
        for (let after: string | undefined = ''; after !== undefined;) {
          const page: Page = await models.query({
            collection,
            tenant: 't1',
            where,
            sort: [{ field: 'order', desc }],
            limit: 4,
            after: after || undefined,
          });
          orders.push(...page.items.map(({ doc }) => doc.order));
          after = page.next;
        }
        return orders;
      };
      const wanted = (keep: (doc: (typeof docs)[number]) => boolean) => {
        const orders = docs.filter(keep).map(({ order }) => order);
        return desc ? orders.reverse() : orders;
      };
      expect(await found({ field: 'record', op: 'eq', value: 'r1' })).toEqual(wanted(({ record }) => record === 'r1'));
      expect(await found({ field: 'own', op: 'eq', value: 'c' })).toEqual(wanted(({ own }) => own === 'c'));
      expect(
        await found({
          and: [
            { field: 'record', op: 'in', value: ['r0', 'r2'] },
            { field: 'order', op: 'gte', value: '10' },
          ],
        }),
      ).toEqual(wanted(({ record, order }) => record !== 'r1' && order >= '10'));
    });

    it('keeps tenants apart', async () => {
      await models.save([write('a', { name: 'Ann' }), write('a', { name: 'Other' }, 0, 't2')]);
      expect(await ids({ search: 'other' })).toEqual([]);
      expect((await ask({ tenant: 't2' })).items.map(({ doc }) => doc.name)).toEqual(['Other']);
    });

    it('keeps everything when it is opened again', async () => {
      await models.save([write('a', { name: 'Ann', tags: ['vip'] })]);
      models = await it_.reopen();
      expect(await ids({ where: { field: 'tags', op: 'has', value: 'vip' } })).toEqual(['a']);
    });

    it.each([
      ['שָׁלוֹם', 'שלום'],
      ['Ἀθῆναι', 'αθηναι'],
      ['Алёна Ёлкина', 'елкин'],
      ['Øystein Łukasz', 'lukas oyst'],
      ['Straße', 'strasse'],
      ['東京都', '東京'],
      ['ann.smith@example.com', 'example'],
    ])('finds %s by %s', async (text, search) => {
      await models.save([write('a', { name: text }), write('b', { name: 'nobody' })]);
      expect(await ids({ search })).toEqual(['a']);
    });

    it('no longer finds what a document does not say any more', async () => {
      await models.save([write('a', { name: 'Ann', tags: ['x'] })]);
      await models.save([write('a', { name: 'Bea', tags: ['y'] }, 1)]);
      expect([
        await ids({ search: 'ann' }),
        await ids({ search: 'bea' }),
        await ids({ where: { field: 'tags', op: 'has', value: 'x' } }),
      ]).toEqual([[], ['a'], []]);
      await models.save([{ ...write('a', {}, 2), doc: null }]);
      expect([await ids({ search: 'bea' }), await ids({})]).toEqual([[], []]);
    });

    it('refuses fields that were not declared, saying what could be asked', async () => {
      await expect(ids({ where: { field: 'secret', op: 'eq', value: 1 } })).rejects.toThrow(/possible: .*name/);
      await expect(ids({ sort: [{ field: `name"; DROP TABLE c1; --` }] })).rejects.toThrow(BadQuery);
      await expect(ids({ after: 'nonsense' })).rejects.toThrow(BadQuery);
      await expect(ids({ limit: 5000 })).rejects.toThrow(BadQuery);
    });

    it('takes hostile values as values', async () => {
      const evil = `'; DROP TABLE c1; -- " \\ % _`;
      await models.save([write(evil, { name: evil })]);
      expect(await ids({ where: { field: 'name', op: 'eq', value: evil } })).toEqual([evil]);
    });

    it('answers also what nothing can match', async () => {
      await models.save([write('a', { name: 'Ann', ownerId: 'u1' })]);
      const none = { or: [{ field: 'name', op: 'in', value: [] }] } as Where;
      const where = { and: [{ field: 'ownerId', op: 'hasAny', value: ['u1'] } as Where, none] };
      expect([await ids({ where }), await ids({ where: { not: where } })]).toEqual([[], ['a']]);
      expect(await models.count({ collection: PEOPLE.name, tenant: 't1', where })).toEqual({ count: 0, more: false });
      expect(await models.group({ collection: PEOPLE.name, tenant: 't1', where, by: ['ownerId'] })).toEqual([]);
    });

    it('pages stay put while others are written', async () => {
      await models.save(['b', 'd', 'f', 'h'].map((id) => write(id, { name: id })));
      const first = await ask({ sort: [{ field: 'name' }], limit: 2 });
      await models.save([write('a', { name: 'a' }), write('e', { name: 'e' })]);
      const second = await ask({ sort: [{ field: 'name' }], limit: 2, after: first.next });
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
        ['b', 'd', 'e', 'f']
          .filter((id) => id !== 'e')
          .slice(0, 2)
          .concat(['e', 'f']),
      );
    });

    it('adds up without rounding', async () => {
      await models.save([
        write('a', { ownerId: 'x', minor: '900719925474099300' }),
        write('b', { ownerId: 'x', minor: '900719925474099301' }),
        write('c', { ownerId: 'y', minor: 5 }),
      ]);
      expect(await models.group({ collection: PEOPLE.name, tenant: 't1', by: ['ownerId'], sum: ['minor'] })).toEqual([
        { by: ['x'], count: 2, sums: { minor: '1801439850948198601' } },
        { by: ['y'], count: 1, sums: { minor: '5' } },
      ]);
    });

    it('fills a field that is declared later, and drops whole collections', async () => {
      await models.save([write('a', { name: 'Ann', city: 'Sofia' })]);
      await models.declare([{ ...PEOPLE, indexes: [...PEOPLE.indexes, ['city']] }]);
      expect(await ids({ where: { field: 'city', op: 'eq', value: 'Sofia' } })).toEqual(['a']);
      await models.drop(PEOPLE.name);
      expect(await models.collections()).toEqual([]);
    });

    it('answers every query as a plain list would', async () => {
      const text = fc.constantFrom('Ann', 'ann', 'Änne', 'Bob', 'Ёж', 'еж', 'zoe', '');
      const person = fc.record(
        {
          name: text,
          ownerId: fc.constantFrom('u1', 'u2'),
          age: fc.integer({ min: 0, max: 5 }),
          tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
          minor: fc.integer({ min: -9, max: 9 }),
        },
        { requiredKeys: [] },
      );
      const leaf: fc.Arbitrary<Where> = fc.oneof(
        fc.record({
          field: fc.constant('name'),
          op: fc.constantFrom('eq', 'ne', 'lt', 'gte', 'prefix'),
          value: text,
        }) as fc.Arbitrary<Where>,
        fc.record({
          field: fc.constant('age'),
          op: fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'),
          value: fc.integer({ min: 0, max: 5 }),
        }) as fc.Arbitrary<Where>,
        fc.record({
          field: fc.constant('ownerId'),
          op: fc.constant('in'),
          value: fc.array(fc.constantFrom('u1', 'u2', 'u3')),
        }) as fc.Arbitrary<Where>,
        fc.record({ field: fc.constant('tags'), op: fc.constant('has'), value: fc.constantFrom('a', 'b') }) as fc.Arbitrary<Where>,
        fc.constant<Where>({ field: 'age', op: 'eq', value: null }),
      );
      const where = fc.letrec<{ any: Where }>((tie) => ({
        any: fc.oneof(
          { maxDepth: 3 },
          leaf,
          fc.record({ and: fc.array(tie('any'), { maxLength: 3 }) }),
          fc.record({ or: fc.array(tie('any'), { maxLength: 3 }) }),
          fc.record({ not: tie('any') }),
        ),
      })).any;
      const sort = fc.uniqueArray(fc.record({ field: fc.constantFrom('name', 'age', 'ownerId'), desc: fc.boolean() }), {
        selector: (key) => key.field,
        maxLength: 2,
      });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(person, { maxLength: 25 }),
          where,
          sort,
          fc.integer({ min: 1, max: 7 }),
          async (people, condition, order, limit) => {
            const tenant = `p${run++}`;
            const docs = people.map((doc, index) => ({
              id: `r${String(index).padStart(3, '0')}`,
              doc: JSON.parse(JSON.stringify(doc)) as Record<string, unknown>,
            }));
            await models.save(docs.map(({ id, doc }) => write(id, doc, 0, tenant)));
            const expected = naive(docs, condition, order);
            const got: Stored[] = [];
            let after: string | undefined;
            do {
              const page = await ask({ tenant, where: condition, sort: order, limit, after });
              got.push(...page.items);
              after = page.next;
            } while (after);
            expect(got.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
            expect((await models.count({ collection: PEOPLE.name, tenant, where: condition })).count).toBe(expected.length);
            const groups = await models.group({ collection: PEOPLE.name, tenant, where: condition, by: [], sum: ['minor'] });
            expect(groups[0]?.sums.minor ?? '0').toBe(
              String(expected.reduce((sum, { doc }) => sum + ((doc.minor as number | undefined) ?? 0), 0)),
            );
          },
        ),
        { numRuns: 120 },
      );
    });
  });
}

type Item = { id: string; doc: Record<string, unknown> };
const keyOf = (value: unknown) => (typeof value === 'string' ? foldText(value) : ((value as number | undefined) ?? null));

function matches(doc: Record<string, unknown>, where: Where): boolean {
  if ('and' in where) return where.and.every((part) => matches(doc, part));
  if ('or' in where) return where.or.some((part) => matches(doc, part));
  if ('not' in where) return !matches(doc, where.not);
  const value = (doc[where.field] ?? null) as Scalar | Scalar[];
  const [left, right] = [keyOf(value), Array.isArray(where.value) ? null : keyOf(where.value)];
  const compared = left !== null && right !== null;
  switch (where.op) {
    case 'eq':
      return value === where.value;
    case 'ne':
      return value !== where.value;
    case 'lt':
      return compared && left < right;
    case 'lte':
      return compared && left <= right;
    case 'gt':
      return compared && left > right;
    case 'gte':
      return compared && left >= right;
    case 'prefix':
      return typeof left === 'string' && left.startsWith(String(right));
    case 'has':
      return Array.isArray(value) && value.includes(where.value);
    case 'in':
      return where.value.includes(value as Scalar);
    case 'hasAny':
      return Array.isArray(value) && where.value.some((one) => value.includes(one));
  }
}

function naive(items: Item[], where: Where, sort: { field: string; desc: boolean }[]): Item[] {
  const found = items.filter(({ doc }) => matches(doc, where));
  const down = sort.at(-1)?.desc ?? false;
  return found.sort((a, b) => {
    for (const { field, desc } of sort) {
      const [left, right] = [keyOf(a.doc[field]), keyOf(b.doc[field])];
      if (left === right) continue;
      if (left === null) return 1;
      if (right === null) return -1;
      return (left < right ? -1 : 1) * (desc ? -1 : 1);
    }
    return (a.id < b.id ? -1 : 1) * (down ? -1 : 1);
  });
}

import { randomUUID } from 'node:crypto';
import { engineUnderTest } from '../../../../tools/engines/under-test.mjs';
import { proxyTo } from '../../testing/proxy.ts';
import { readModelsContract } from '../contract.ts';
import { DocumentTooLarge, ModelsUnavailable, type ReadModels, type Write } from '../port.ts';
import { openMongoModels } from './open.ts';

const engine = await engineUnderTest('mongo');
const skipped = 'skipped' in engine;
const address = 'skipped' in engine ? '' : engine.address;
const against = 'skipped' in engine ? 'nothing here' : engine.against;
afterAll(() => ('stop' in engine ? engine.stop() : undefined));

const options = () => ({ url: address, database: `t${randomUUID().replaceAll('-', '')}`, refreshMs: 20 });

const open = async () => {
  const how = options();
  let models = await openMongoModels(how);
  return {
    models,
    reopen: async () => {
      await models.close();
      return (models = await openMongoModels(how));
    },
    close: () => models.close(),
  };
};
readModelsContract(`MongoDB against ${against}`, skipped ? undefined : open);

(skipped ? describe.skip : describe)(`MongoDB read models against ${against}`, () => {
  const spec = { name: 'a.b@1', indexes: [['name'], ['ownerId', 'name']], words: ['name'] };
  const write = (id: string, doc: Record<string, unknown> | null, expected = 0): Write => ({
    collection: spec.name,
    tenant: 't',
    id,
    expected,
    revision: expected + 1,
    doc,
  });
  const key = (id: string) => ({ tenant: 't', id });
  let how: ReturnType<typeof options>;
  let [models, others]: ReadModels[] = [];
  beforeEach(async () => {
    how = options();
    models = await openMongoModels(how);
    others = await openMongoModels(how);
    await models.declare([spec]);
  });
  afterEach(async () => {
    await models!.close();
    await others!.close();
  });

  it('gives documents back letter by letter', async () => {
    const doc = {
      'a.b': { $set: 1, $where: 'x', '': 'empty', __proto__x: null },
      deep: Array.from({ length: 150 }).reduce<unknown>((inner) => ({ inner }), 'end'),
      list: [null, [], {}, [[1]], ''],
      exact: ['9007199254740993', 9007199254740991, -1.5e-300, 1e21],
      _bsontype: 'ObjectId',
      link: { $ref: 'other', $id: 1 },
      day: '2026-03-01',
      text: 'Łukasz \u0000 \u202e שלום 🙂 \ud800 "\\',
      2: 'second',
      1: 'first',
    };
    await models!.save([write('$.\u0000/odd', doc)]);
    const [kept] = await models!.load(spec.name, [key('$.\u0000/odd')]);
    expect(JSON.stringify(kept!.doc)).toBe(JSON.stringify(doc));
    expect(kept).toMatchObject({ tenant: 't', id: '$.\u0000/odd', version: 1, revision: 1 });
  });

  it('lets exactly one of many writers of the same version win, and tells every other', async () => {
    await models!.save([write('a', { n: 0 })]);
    for (let version = 1; version <= 10; version++) {
      const rivals = Array.from({ length: 12 }, (_, n) => write('a', { n: `${version}/${n}` }, version));
      const lost = await Promise.all(rivals.map((rival, n) => (n % 2 ? models! : others!).save([write(`own${version}/${n}`, {}), rival])));
      const winners = rivals.filter((_, n) => lost[n]!.length === 0);
      expect(winners).toHaveLength(1);
      expect(lost.flat().every((one) => one.id === 'a')).toBe(true);
      expect((await models!.load(spec.name, [key('a')]))[0]).toMatchObject({ version: version + 1, doc: winners[0]!.doc });
    }
  });

  it('does not bring back what was deleted', async () => {
    await models!.save([write('a', { name: 'Ann' }), write('b', { name: 'Bob' })]);
    expect(await models!.save([write('a', null, 1), write('b', null, 7), write('c', null)])).toMatchObject([{ id: 'b' }]);
    expect(await models!.save([write('a', { name: 'again' }, 1), write('a', null, 1), write('b', null)])).toHaveLength(3);
    expect(await models!.load(spec.name, [key('a'), key('b')])).toMatchObject([undefined, { version: 1 }]);
    expect((await models!.scan(spec.name, { limit: 10 })).map(({ id }) => id)).toEqual(['b']);
    expect(await models!.save([write('a', { name: 'new' })])).toEqual([]);
  });

  it('saves in the order given where it can be told apart: from collection to collection, and for one document', async () => {
    await models!.declare([{ name: 'marks@1', indexes: [] }]);
    const mark = (id: string, expected = 0): Write => ({ ...write(id, { id }, expected), collection: 'marks@1' });
    expect(await models!.save([mark('m'), write('a', { n: 1 }), mark('m', 1), mark('m', 1), write('a', { n: 2 }, 1)])).toEqual([
      mark('m', 1),
    ]);
    expect((await models!.load(spec.name, [key('a')]))[0]).toMatchObject({ version: 2, doc: { n: 2 } });
  });

  it('finds by a field declared while another process goes on saving', async () => {
    const wider = { ...spec, indexes: [...spec.indexes, ['city']] };
    await others!.declare([spec]);
    const widened = new AbortController();
    let [saved, failed] = [0, 0];
    const saving = (async () => {
      while (!widened.signal.aborted || saved < 40) {
        const id = `p${saved % 20}`;
        const [former] = await others!.load(spec.name, [key(id)]);
        try {
          await others!.save([write(id, { name: id, city: `city ${saved}` }, former?.version ?? 0)]);
          saved++;
        } catch (error) {
          // The stand-in now and then trips over an index that is being made. Callers try again.
          if (++failed > 10) throw error;
        }
      }
    })();
    await models!.declare([wider]);
    widened.abort();
    await saving;
    for (const { id, doc } of await models!.scan(spec.name, { limit: 100 })) {
      const where = { field: 'city', op: 'eq', value: doc.city as string } as const;
      expect((await others!.query({ collection: spec.name, tenant: 't', where, limit: 5 })).items.map((one) => one.id)).toEqual([id]);
    }
  });

  it('refuses a document that MongoDB has no room for, and says how large it is', async () => {
    const large = models!.save([write('a', { note: 'x'.repeat(17 * 1024 * 1024) })]);
    await expect(large).rejects.toThrow(DocumentTooLarge);
    await expect(large).rejects.toThrow(/the document a of a\.b@1 has 1\d{7} bytes/);
  });

  it('says that a collection is not there yet', () =>
    expect(others!.load('none@1', [key('a')])).rejects.toMatchObject({
      name: 'ModelsUnavailable',
      message: expect.stringContaining('none@1'),
    }));

  it('says that MongoDB is away, loses nothing, and goes on when it is back', async () => {
    const proxy = await proxyTo(address);
    const through = await openMongoModels({ ...how, url: proxy.url, patienceMs: 300 });
    try {
      expect(await through.save([write('a', { n: 1 })])).toEqual([]);
      proxy.open = false;
      proxy.cut();
      await expect(through.load(spec.name, [key('a')])).rejects.toBeInstanceOf(ModelsUnavailable);
      await expect(through.save([write('a', { n: 2 }, 1)])).rejects.toBeInstanceOf(ModelsUnavailable);
      proxy.open = true;
      const [kept] = await retried(() => through.load(spec.name, [key('a')]));
      expect(kept).toMatchObject({ version: 1, doc: { n: 1 } });
      expect(await through.save([write('a', { n: 2 }, 1)])).toEqual([]);
    } finally {
      await through.close();
      await proxy.close();
    }
  });
});

/** As every caller of the port does: again for as long as the engine is away; a minute at most. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + 60_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ModelsUnavailable) || performance.now() > until) throw error;
    }
  }
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '../port.ts';
import { readModelsContract } from '../contract.ts';
import { connect } from './connection.ts';
import { openReadModels, readOnlyModels } from './open.ts';
import { readLayout } from './layout.ts';
import { orderBy, walk } from './order.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'rapport-models-'));

readModelsContract('SQLite', async () => {
  const dir = folder();
  let models = openReadModels(join(dir, 'models.db'));
  return {
    models,
    reopen: async () => {
      await models.close();
      return (models = openReadModels(join(dir, 'models.db')));
    },
    close: async () => {
      await models.close();
      rmSync(dir, { recursive: true });
    },
  };
});

describe('SQLite read models', () => {
  const spec = { name: 'a.b@1', indexes: [['ownerId', 'name'], ['name']], words: ['name'] };
  const write = (id: string, name: string, expected = 0) => ({
    collection: spec.name,
    tenant: 't',
    id,
    expected,
    revision: 1,
    doc: { id, name, ownerId: `u${id.length % 3}` },
  });

  it('a reader sees what the writer saves, also collections it made later', async () => {
    const dir = folder();
    const reader = readOnlyModels(join(dir, 'm.db'));
    await expect(reader.load(spec.name, [{ tenant: 't', id: '1' }])).rejects.toThrow(/not there yet/);
    const writer = openReadModels(join(dir, 'm.db'));
    await writer.declare([spec]);
    await writer.save([write('1', 'Ann')]);
    expect((await reader.query({ collection: spec.name, tenant: 't', search: 'an', limit: 10 })).items).toHaveLength(1);
    await writer.declare([{ ...spec, indexes: [...spec.indexes, ['id']] }]);
    expect(
      (await reader.query({ collection: spec.name, tenant: 't', where: { field: 'id', op: 'eq', value: '1' }, limit: 10 })).items,
    ).toHaveLength(1);
    await writer.drop(spec.name);
    await writer.declare([spec]);
    await writer.save([write('2', 'Ben')]);
    expect((await reader.query({ collection: spec.name, tenant: 't', limit: 10 })).items.map(({ id }) => id)).toEqual(['2']);
    await expect(reader.save([write('2', 'Bob')])).rejects.toThrow(/reading only/);
    await reader.close();
    await writer.close();
    rmSync(dir, { recursive: true });
  });

  it('leaves no deleted text in any of its files once scrubbed', async () => {
    const dir = folder();
    const models = openReadModels(join(dir, 'm.db'));
    await models.declare([spec]);
    for (let index = 0; index < 400; index++) await models.save([write(`p${index}`, `Perpetua Secretname${index}`)]);
    for (let index = 0; index < 400; index++)
      await models.save([{ ...write(`p${index}`, '', 1), doc: index % 2 ? null : { id: `p${index}` } }]);
    await models.scrub();
    for (const file of readdirSync(dir))
      expect(
        readFileSync(join(dir, file))
          .toString('latin1')
          .toLowerCase()
          .match(/.?erpetua|ecretname/g),
      ).toBeNull();
    await models.close();
    rmSync(dir, { recursive: true });
  });

  it.each([false, true])('reads a filtered page straight off a composite index, sorted down: %s', async (desc) => {
    const dir = folder();
    const models = openReadModels(join(dir, 'm.db'));
    await models.declare([spec]);
    await models.save([write('1', 'Ann')]);
    await models.close();
    const connection = connect(join(dir, 'm.db'), { readOnly: true, cacheMb: 1 });
    const layout = readLayout(connection, spec.name)!;
    const [step] = walk(
      layout,
      1,
      new Map([[layout.place.get('ownerId')!, 'u1']]),
      [{ place: layout.place.get('name')!, desc }],
      undefined,
    )!;
    const plan = connection
      .all({
        text: `EXPLAIN QUERY PLAN SELECT c.row FROM c${layout.n} AS c INDEXED BY ${step!.index} WHERE ${step!.within.text} ORDER BY ${orderBy(step!.terms)} LIMIT 50`,
        params: step!.within.params,
      })
      .map((row) => row[3])
      .join('; ');
    expect(plan).toMatch(/^SEARCH c USING (COVERING )?INDEX c1_x0_1 \(t=\? AND s0=\?/);
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN/);
    connection.close();
    rmSync(dir, { recursive: true });
  });

  it('says that it cannot be used when the file is none of its own', () => {
    const dir = folder();
    writeFileSync(join(dir, 'm.db'), 'certainly no database, but long enough to have a header of a hundred bytes or so'.repeat(4));
    expect(() => openReadModels(join(dir, 'm.db'))).toThrow(expect.objectContaining({ name: 'ModelsUnavailable' }));
    rmSync(dir, { recursive: true });
  });

  it('finds the same by an index read in turns as by a small set', async () => {
    const dir = folder();
    const models = openReadModels(join(dir, 'm.db'));
    await models.declare([{ ...spec, indexes: [['name'], ['rank'], ['kind']] }]);
    const docs = Array.from({ length: 9_000 }, (_, at) => ({
      id: `r${String(at).padStart(5, '0')}`,
      name: `Name ${(at * 7919) % 9_000}`,
      rank: at % 4 === 0 ? undefined : at % 10,
      kind: at % 4_400 === 17 ? 'rare' : 'usual',
    }));
    await models.save(docs.map((doc) => ({ ...write(doc.id, ''), doc: JSON.parse(JSON.stringify(doc)) as Record<string, unknown> })));
    const byNot = await models.query({
      collection: spec.name,
      tenant: 't',
      where: { not: { field: 'kind', op: 'ne', value: 'rare' } },
      sort: [{ field: 'name', desc: true }],
      limit: 50,
    });
    const bySet = await models.query({
      collection: spec.name,
      tenant: 't',
      where: { field: 'kind', op: 'eq', value: 'rare' },
      sort: [{ field: 'name', desc: true }],
      limit: 50,
    });
    expect(byNot.items.map(({ id }) => id)).toEqual(bySet.items.map(({ id }) => id));
    expect(byNot.items).toHaveLength(3);
    const seen: string[] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const page: Page = await models.query({
        collection: spec.name,
        tenant: 't',
        sort: [{ field: 'rank', desc: true }, { field: 'name' }],
        limit: 1_000,
        after: after || undefined,
      });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    }
    expect(new Set(seen).size).toBe(9_000);
    expect(seen).toHaveLength(9_000);
    expect((await models.count({ collection: spec.name, tenant: 't', where: { field: 'rank', op: 'eq', value: null } })).count).toBe(2_250);
    expect((await models.group({ collection: spec.name, tenant: 't', by: ['kind'] })).map(({ by, count }) => [by[0], count])).toEqual([
      ['rare', 3],
      ['usual', 8_997],
    ]);
    await models.close();
    rmSync(dir, { recursive: true });
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelsContract } from '../contract.ts';
import { openReadModels, readOnlyModels } from './open.ts';

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
  const write = (id: string, name: string, expected = 0) => ({ collection: spec.name, tenant: 't', id, expected, revision: 1, doc: { id, name, ownerId: `u${id.length % 3}` } });

  it('a reader sees what the writer saves, also collections it made later', async () => {
    const dir = folder();
    const reader = readOnlyModels(join(dir, 'm.db'));
    await expect(reader.load(spec.name, [{ tenant: 't', id: '1' }])).rejects.toThrow(/not there yet/);
    const writer = openReadModels(join(dir, 'm.db'));
    await writer.declare([spec]);
    await writer.save([write('1', 'Ann')]);
    expect((await reader.query({ collection: spec.name, tenant: 't', search: 'an', limit: 10 })).items).toHaveLength(1);
    await writer.declare([{ ...spec, indexes: [...spec.indexes, ['id']] }]);
    expect((await reader.query({ collection: spec.name, tenant: 't', where: { field: 'id', op: 'eq', value: '1' }, limit: 10 })).items).toHaveLength(1);
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
    for (let index = 0; index < 400; index++) await models.save([{ ...write(`p${index}`, '', 1), doc: index % 2 ? null : { id: `p${index}` } }]);
    await models.scrub();
    for (const file of readdirSync(dir)) expect(readFileSync(join(dir, file)).toString('latin1').toLowerCase()).not.toMatch(/perpetua|secretname/);
    await models.close();
    rmSync(dir, { recursive: true });
  });
});

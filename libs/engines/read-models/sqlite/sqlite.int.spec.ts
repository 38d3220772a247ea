import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelsContract } from '../contract.ts';
import { Connection } from './connection.ts';
import { openReadModels, readOnlyModels } from './index.ts';

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
    const writer = openReadModels(join(dir, 'm.db'));
    const reader = readOnlyModels(join(dir, 'm.db'));
    await writer.declare([spec]);
    await writer.save([write('1', 'Ann')]);
    expect((await reader.query({ collection: spec.name, tenant: 't', search: 'an', limit: 10 })).items).toHaveLength(1);
    await expect(reader.save([write('2', 'Bob')])).rejects.toThrow(/reading only/);
    await reader.close();
    await writer.close();
    rmSync(dir, { recursive: true });
  });

  it('leaves no deleted text in any of its files once scrubbed', async () => {
    const dir = folder();
    const models = openReadModels(join(dir, 'm.db'));
    await models.declare([spec]);
    for (let index = 0; index < 200; index++) await models.save([write(`p${index}`, `Perpetua Secretname${index}`)]);
    for (let index = 0; index < 200; index++) await models.save([{ ...write(`p${index}`, '', 1), doc: index % 2 ? null : { id: `p${index}` } }]);
    await models.scrub();
    for (const file of readdirSync(dir)) expect(readFileSync(join(dir, file)).toString('latin1').toLowerCase()).not.toContain('perpetua');
    await models.close();
    rmSync(dir, { recursive: true });
  });

  it('reads a sorted page straight off an index', async () => {
    const dir = folder();
    const models = openReadModels(join(dir, 'm.db'));
    await models.declare([spec]);
    await models.close();
    const connection = new Connection(join(dir, 'm.db'), true);
    const plan = connection.db.prepare(`EXPLAIN QUERY PLAN SELECT id FROM c1 WHERE tenant = 't' AND (k0 = 'u1' AND r0 IS NULL) AND k1 IS NOT NULL ORDER BY k1 ASC, id ASC LIMIT 51`).all() as { detail: string }[];
    expect(plan.map((step) => step.detail).join()).toMatch(/USING INDEX/);
    expect(plan.map((step) => step.detail).join()).not.toMatch(/TEMP B-TREE/);
    connection.db.close();
    rmSync(dir, { recursive: true });
  });
});

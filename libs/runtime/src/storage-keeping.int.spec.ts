import { openReadModels, type ReadModels } from '#engines/read-models';
import { Id, projection } from '#model';
import { CURSORS, HOUSE, RUNTIME_COLLECTIONS, Storages, STORAGES } from './storage.ts';
import { tidyStorages } from './storage-keeping.ts';

const DAY = 24 * 3_600_000;
const start = Date.parse('2026-03-02T10:00:00Z');
const board = (version: number) => projection('sales.board', { id: Id }, { version, access: 'everyone' });

let models: ReadModels;
beforeEach(async () => {
  models = openReadModels(':memory:');
  await models.declare([...RUNTIME_COLLECTIONS, ...['sales.board@1', 'sales.board@2'].map((name) => ({ name, indexes: [] }))]);
});
afterEach(() => models.close());
const boards = async () => (await models.collections()).filter((name) => name.startsWith('sales.board')).sort();
const tidy = (version: number, days: number) => tidyStorages(models, [board(version)], start + days * DAY);

it('drops a version a week after the last process that had it, with its cursors', async () => {
  const positions = { 'sales.board@1': 7, 'sales.board@2': 9 };
  await models.save([{ collection: CURSORS, tenant: HOUSE, id: 'sales/0', expected: 0, revision: 0, doc: { positions } }]);
  await tidy(1, 0);
  await tidy(2, 1);
  expect([await tidy(1, 3), await tidy(2, 9)]).toEqual([[], []]);
  expect(await tidy(2, 11)).toEqual(['sales.board@1']);
  expect(await boards()).toEqual(['sales.board@2']);
  const [cursor] = await models.load(CURSORS, [{ tenant: HOUSE, id: 'sales/0' }]);
  expect(cursor!.doc).toEqual({ positions: { 'sales.board@2': 9 } });
  expect((await models.scan(STORAGES, { limit: 10 })).map(({ id }) => id)).toEqual(['sales.board@2']);
});

it('drops what a rebuild has replaced when every process has had the time to follow it', async () => {
  await models.declare([{ name: 'sales.board@1~2', indexes: [] }]);
  const storages = new Storages(models);
  await storages.switchTo([{ view: board(1), generation: 2 }], start);
  expect(await tidyStorages(models, [board(1)], start + 60_000)).toEqual([]);
  expect(await tidyStorages(models, [board(1)], start + 3_600_000)).toEqual(['sales.board@1']);
  expect(await boards()).toEqual(['sales.board@1~2', 'sales.board@2']);
});

it('leaves what is being built, and what it knows nothing of', async () => {
  await models.declare([{ name: 'sales.board@2~2', indexes: [] }]);
  await tidy(2, 0);
  expect(await tidy(2, 100)).toEqual([]);
  expect(await boards()).toEqual(['sales.board@1', 'sales.board@2', 'sales.board@2~2']);
});

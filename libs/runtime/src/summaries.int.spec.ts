import { openReadModels, type ReadModels } from '#engines/read-models';
import { by, Count, Id, List, projection, summary } from '#model';
import { collectionOf, RUNTIME_COLLECTIONS, versionOf } from './storage.ts';
import { Summaries, type Marks } from './summaries.ts';

const deals = projection('shop.deal', { id: Id, accountId: Id, tags: List(Id) }, { version: 1, access: 'everyone' });
const how = { version: 1, access: 'everyone' as const };
const ofAccount = summary(
  'shop.of-account',
  { id: Id, deals: Count, first: Id },
  { ...how, from: { deals: by(deals, 'accountId') } },
  (id, rows) => ({
    id,
    deals: rows.deals.length,
    first: rows.deals[0]!.id,
  }),
);
const ofTag = summary('shop.of-tag', { id: Id, deals: Count }, { ...how, from: { deals: by(deals, 'tags') } }, (id, rows) => ({
  id,
  deals: rows.deals.length,
}));
const views = [deals, ofAccount, ofTag];

let models: ReadModels;
let summaries: Summaries;
beforeEach(async () => {
  models = openReadModels(':memory:');
  summaries = new Summaries({ models }, { service: 'shop', views, reactions: [] }, versionOf);
  await models.declare([...RUNTIME_COLLECTIONS, ...views.map((view) => collectionOf(view, versionOf(view), summaries.refsOf(view)))]);
});
afterEach(() => models.close());

/** So many deals of each account, saved; every account and tag is marked. */
async function save(accounts: Record<string, number>, tags: (at: number) => string[] = () => []): Promise<Marks> {
  const marks: Marks = new Map();
  const rows = Object.entries(accounts).flatMap(([accountId, many]) =>
    Array.from({ length: many }, (_, at) => ({ id: `${accountId}-${String(at).padStart(4, '0')}`, accountId, tags: tags(at) })),
  );
  for (const doc of rows) summaries.mark(marks, deals, 'acme', undefined, doc);
  await models.save(rows.map((doc) => ({ collection: versionOf(deals), tenant: 'acme', id: doc.id, expected: 0, revision: 1, doc })));
  return marks;
}
const counted = async (of: typeof ofAccount | typeof ofTag) =>
  Object.fromEntries((await models.scan(versionOf(of), { limit: 1_000 })).map(({ id, doc }) => [id, doc.deals]));

it('sums up each key’s rows, whether few or more than are asked for at once', async () => {
  const few = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`few-${at}`, (at % 20) + 1]));
  const accounts = { ...few, 'b-many': 1_203, 'A-case': 700, 'a-case': 700, 'z-many': 2_000, one: 1 };
  await summaries.compute([...(await save(accounts)).values()]);
  expect(await counted(ofAccount)).toEqual(accounts);
  expect((await models.load(versionOf(ofAccount), [{ tenant: 'acme', id: 'z-many' }]))[0]!.doc.first).toBe('z-many-0000');
});

it('sums up what is referred to by lists', async () => {
  const tags = (at: number) => ['all', `t${at % 7}`, `t${at % 7}`];
  await summaries.compute([...(await save({ a: 1_400 }, tags)).values()]);
  expect(await counted(ofTag)).toEqual({ all: 1_400, ...Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`t${at}`, 200])) });
  await summaries.compute([...(await save({ b: 14 }, (at) => [`u${at % 2}`, `v${at % 2}`])).values()]);
  expect(await counted(ofTag)).toMatchObject({ u0: 7, u1: 7, v0: 7, v1: 7 });
});

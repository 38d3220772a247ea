import { openReadModels, type ReadModels } from '#engines/read-models';
import { openLease } from './lease.ts';
import { RUNTIME_COLLECTIONS } from './storage.ts';

let models: ReadModels;
let now: number;
beforeEach(async () => {
  now = 0;
  models = openReadModels(':memory:');
  await models.declare(RUNTIME_COLLECTIONS);
});
afterEach(() => models.close());
const lease = (holder: string) => openLease(models, 'publisher/sales', holder, 30_000, () => now);

it('is held by one at a time, as long as it keeps it', async () => {
  const [one, other] = [lease('one'), lease('other')];
  expect([await one.keep(), await other.keep()]).toEqual([true, false]);
  for (now = 5_000; now < 100_000; now += 5_000) expect([await one.keep(), await other.keep()]).toEqual([true, false]);
});
it('goes to another when it is not kept, and the former holder learns of it', async () => {
  const [one, other] = [lease('one'), lease('other')];
  await one.keep();
  now = 31_000;
  expect([await other.keep(), await one.keep()]).toEqual([true, false]);
});
it('goes to another at once when it is given back', async () => {
  const [one, other] = [lease('one'), lease('other')];
  await one.keep();
  await one.release();
  expect(await other.keep()).toBe(true);
});
it('is one’s own again after a start under the same name', async () => {
  await lease('one').keep();
  expect(await lease('one').keep()).toBe(true);
});

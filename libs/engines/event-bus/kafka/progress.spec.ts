import type { Cursor } from '../port.ts';
import { reachedBy } from './progress.ts';
import { PARTITIONS } from './topics.ts';

const ends = Array.from({ length: PARTITIONS }, (_, partition) => (partition < 2 ? 10 : 0));
const published = { generation: 2, position: 20, ends };
const at = (...cursors: Cursor[]) => new Map(cursors.map((cursor, partition) => [partition, cursor]));
const cursor = (offset: number, position: number, generation = 2): Cursor => ({ offset, position, generation });

it('is what is published when every partition is at the end it had then, idle ones too', () =>
  expect(reachedBy(published, at(cursor(10, 18), cursor(10, 20)))).toBe(20));
it('is what the partition has seen that is behind', () => expect(reachedBy(published, at(cursor(9, 17), cursor(10, 20)))).toBe(17));
it('is no more than what is published where other partitions may hold something that is not seen', () =>
  expect(reachedBy(published, at(cursor(10, 18), cursor(12, 25)))).toBe(20));
it('is nothing while a partition has not been begun', () => expect(reachedBy(published, at(cursor(10, 20)))).toBe(0));
it('is nothing by cursors of another generation', () => expect(reachedBy(published, at(cursor(10, 18, 1), cursor(10, 20, 1)))).toBe(0));
it('is nothing when nobody has said what is published, but for what all partitions have seen', () => {
  expect(reachedBy(undefined, at(cursor(10, 18), cursor(10, 20)))).toBe(0);
  const all = Array.from({ length: PARTITIONS }, (_, n) => cursor(10, 30 + n));
  expect(reachedBy(undefined, at(...all))).toBe(30);
});

import type { Batch, KafkaMessage } from 'kafkajs';
import type { StoredEvent } from '#model';
import { sampleEvents } from '../../event-store/samples.ts';
import type { BusBatch } from '../port.ts';
import { encode } from './message.ts';
import { followPartition } from './partition.ts';

const stored: StoredEvent[] = sampleEvents()
  .next('acme', 'sales.record/a', 2)
  .events.map((event, at) => ({ ...event, position: at + 1 }));

/** What is fetched from an offset on, of a topic of some generation. */
function fetched(from: number, generation: number): Batch {
  const messages = stored.map((event, offset) => ({ ...encode(event, generation), offset: String(offset) })).slice(from);
  return {
    fetchedOffset: String(from),
    highWatermark: '2',
    messages: messages as unknown as KafkaMessage[],
    lastOffset: () => '1',
  } as unknown as Batch;
}

it('begins again where the topic was made anew and filled just as far, once it is told of the generation', async () => {
  const applied: BusBatch[] = [];
  const sought: number[] = [];
  let level = Promise.withResolvers<void>();
  const partition = followPartition(
    {
      group: 'views',
      log: 'sales',
      topic: 't.sales',
      partition: 0,
      batch: 10,
      ends: async () => [{ low: 0, high: 2 }],
      mustBeWhole: () => {},
      from: async () => applied.at(-1)?.cursor,
      seek: (offset) => {
        sought.push(offset);
        partition.take(fetched(offset, sought.length === 1 ? 1 : 2));
      },
      pause: () => {},
      resume: () => {},
      onBatch: async (batch) => void applied.push(batch),
      onLevel: () => level.resolve(),
    },
    Promise.resolve(),
  );
  await level.promise;
  level = Promise.withResolvers();
  partition.isOf(1);
  partition.isOf(2);
  await level.promise;
  await partition.stop();
  // The message before where it stood shows which generation it is of; then all of it is read.
  expect(sought).toEqual([0, 1, 0]);
  expect(applied.map(({ events, cursor }) => [events.length, cursor.generation])).toEqual([
    [2, 1],
    [2, 2],
  ]);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteEventStore } from '#engines/event-store';
import { missingFrom, startAppender } from '../../testing/append-for-ever.ts';

const RUNS = 12;

it('keeps every acknowledged event exactly once, however often the process is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kill-'));
  const file = join(folder, 'sales.db');
  const acknowledged: string[] = [];
  for (let run = 0; run < RUNS; run++) {
    const appender = startAppender(['sqlite', file, String(run)]);
    await appender.reached(1 + run * 100);
    await appender.kill();
    acknowledged.push(...appender.acknowledged());
    const store = sqliteEventStore({ log: 'sales', file });
    expect(await store.verify()).toEqual([]);
    expect((await missingFrom(store, acknowledged)).missing).toEqual([]);
    await store.close();
  }
  expect(acknowledged.length).toBeGreaterThan(RUNS * 100);
  await rm(folder, { recursive: true });
}, 120_000);

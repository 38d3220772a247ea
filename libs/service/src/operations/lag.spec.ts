import { Freshness, type Runtime } from '#runtime';
import { lagOf } from './lag.ts';

it('says how old the oldest event is that the views have not seen, while more and more come', () => {
  let now = 1_000;
  let append: (head: number) => void = () => {};
  const freshness = new Freshness(['sales']);
  const log = { onAppended: (listener: typeof append) => ((append = listener), () => {}) };
  // What is measured needs no more of a runtime than this.
  const runtime = { service: 'sales', engines: { log }, freshness } as unknown as Runtime;
  const lag = () => lagOf(runtime, () => now);
  const applied = (position: number) => freshness.applied({ log: 'sales', partition: 0, position, changes: [] });
  expect(lag()).toBe(0);
  for (let head = 1; head <= 20; head++) {
    append(head);
    now += 10;
    if (head > 2) applied(head - 2);
  }
  expect(lag()).toBe(20);
  applied(20);
  expect(lag()).toBe(0);
  applied(21);
  append(21);
  expect(lag()).toBe(0);
});

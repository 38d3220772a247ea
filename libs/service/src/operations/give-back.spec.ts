import { jest } from '@jest/globals';
import { giveBackMemory, giveBackWhenQuiet } from './give-back.ts';

it('leaves no more room taken than what is in it', () => {
  let kept: object[] | undefined = Array.from({ length: 400_000 }, (_, n) => ({ n, text: `text ${n}` }));
  const full = process.memoryUsage().heapTotal;
  expect(kept.length).toBe(400_000);
  kept = undefined;
  giveBackMemory();
  const { heapTotal, heapUsed } = process.memoryUsage();
  expect(heapTotal).toBeLessThan(full);
  expect(heapTotal).toBeLessThan(1.5 * heapUsed);
});

it('gives back after a busy time what that has left, when it is over', () => {
  jest.useFakeTimers({ doNotFake: ['performance'] });
  const times = [30_000_000, 100_000].values();
  // Asked without a former value it is only noted; with one it says what was used since, in microseconds.
  const stop = giveBackWhenQuiet((before) => ({ user: before ? times.next().value! : 0, system: 0 }));
  let kept: object[] | undefined = Array.from({ length: 400_000 }, (_, n) => ({ n, text: `text ${n}` }));
  expect(kept.length).toBe(400_000);
  kept = undefined;
  const full = process.memoryUsage().heapTotal;
  jest.advanceTimersByTime(60_000);
  expect(process.memoryUsage().heapTotal).toBeGreaterThan(0.9 * full);
  jest.advanceTimersByTime(60_000);
  expect(process.memoryUsage().heapTotal).toBeLessThan(0.9 * full);
  stop();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

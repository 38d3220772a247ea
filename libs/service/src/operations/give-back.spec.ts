import { giveBackMemory } from './give-back.ts';

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

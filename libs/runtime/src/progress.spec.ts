import { Progress } from './progress.ts';

it('waits until everything has been seen', async () => {
  const progress = new Progress();
  const waited = progress.until('sales', 5);
  for (const position of [3, 5]) progress.note('sales', 0, { position });
  expect(await waited).toBe(true);
});
it('waits no longer than it is wanted', async () => {
  const progress = new Progress();
  const patience = new AbortController();
  const waited = progress.until('sales', 5, patience.signal);
  patience.abort();
  expect(await waited).toBe(false);
});
it('looks at what is kept, for what others have seen', async () => {
  let looks = 0;
  const progress = new Progress({ elsewhere: async () => new Map([['sales', new Map([[0, { position: ++looks }]])]]) });
  expect(await progress.until('sales', 3)).toBe(true);
  expect(looks).toBe(3);
});
it('goes on waiting when what is kept cannot be read now', async () => {
  let looks = 0;
  const elsewhere = async () => {
    if (++looks < 3) throw new Error('away');
    return new Map([['sales', new Map([[0, { position: 9 }]])]]);
  };
  expect(await new Progress({ elsewhere }).until('sales', 9)).toBe(true);
});
it('says whether what it is told is news', () => {
  const progress = new Progress();
  expect([5, 5, 4, 6].map((position) => progress.note('sales', 0, { position }))).toEqual([true, false, false, true]);
});

import { watch } from './dependencies.ts';

/** An engine that answers when it is told to. */
function engine() {
  const answer = Promise.withResolvers<unknown>();
  let asked = 0;
  return {
    get asked() {
      return asked;
    },
    ask: () => (asked++, answer.promise),
    answers: () => answer.resolve(undefined),
    refuses: () => answer.reject(new Error('gone')),
  };
}
const states = async (look: ReturnType<typeof watch>) => (await look()).map(({ state }) => state);

it('tells what answers from what answers late', async () => {
  const quick = engine();
  quick.answers();
  const probe = { dependency: 'log', ask: quick.ask };
  expect(await states(watch([probe]))).toEqual(['well']);
  expect(await states(watch([probe], { slow: 0, dead: 60_000 }))).toEqual(['slow']);
});

it('tells what refuses, and what does not answer at all, as dead', async () => {
  const [away, silent] = [engine(), engine()];
  away.refuses();
  const probes = [
    { dependency: 'log', ask: away.ask },
    { dependency: 'vault', ask: silent.ask },
  ];
  const look = watch(probes, { slow: 5, dead: 10 });
  expect((await look()).map(({ dependency, state }) => [dependency, state])).toEqual([
    ['log', 'dead'],
    ['vault', 'dead'],
  ]);
});

it('asks nothing more of what has not answered, and sees when it does', async () => {
  const silent = engine();
  const look = watch([{ dependency: 'log', ask: silent.ask }], { slow: 60_000, dead: 10 });
  await Promise.all([look(), look(), look()]);
  expect([await states(look), silent.asked]).toEqual([['dead'], 1]);
  silent.answers();
  expect(await states(look)).toEqual(['well']);
});

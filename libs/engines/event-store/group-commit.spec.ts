import fc from 'fast-check';
import { groupCommit, TooManyWaiting, type Lane } from './group-commit.ts';

type Item = { name: string; size: number };

/** Commits by noting the batches; `hold` makes a commit wait until it is let go. */
function noted(most: number) {
  const batches: string[][] = [];
  let gate = Promise.resolve();
  const group = groupCommit<Item, string>({
    most,
    sizeOf: ({ size }) => size,
    async commit(items) {
      batches.push(items.map(({ name }) => name));
      await gate;
      return items.map(({ name }) => (name.startsWith('bad') ? { error: new Error(name) } : { value: name }));
    },
  });
  const add = (name: string, lane: Lane = 'interactive', size = 1) => group.add({ name, size }, lane);
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    return resolve;
  };
  return { batches, add, hold, idle: group.idle };
}

it('lets what arrives together share one commit', async () => {
  const { batches, add } = noted(10);
  expect(await Promise.all([add('a'), add('b'), add('c')])).toEqual(['a', 'b', 'c']);
  expect(batches).toEqual([['a', 'b', 'c']]);
});

it('lets what arrives while a commit runs share the next', async () => {
  const { batches, add, hold } = noted(10);
  const letGo = hold();
  const first = add('a');
  await new Promise((resolve) => setImmediate(resolve));
  const rest = [add('b'), add('c')];
  letGo();
  await Promise.all([first, ...rest]);
  expect(batches).toEqual([['a'], ['b', 'c']]);
});

it('fails only the item whose outcome is an error', async () => {
  const { add } = noted(10);
  const results = await Promise.allSettled([add('a'), add('bad'), add('c')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('fails the whole batch when the commit fails, and takes the next', async () => {
  let failing = true;
  const group = groupCommit<string, string>({
    most: 10,
    sizeOf: () => 1,
    commit(items) {
      if (failing) throw new Error('the disk is full');
      return items.map((value) => ({ value }));
    },
  });
  const results = await Promise.allSettled([group.add('a', 'interactive'), group.add('b', 'bulk')]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  failing = false;
  expect(await group.add('c', 'interactive')).toBe('c');
});

it('gives bulk at most half of a commit while others wait', async () => {
  const { batches, add } = noted(4);
  await Promise.all([...['b1', 'b2', 'b3', 'b4', 'b5'].map((name) => add(name, 'bulk')), ...['i1', 'i2', 'i3'].map((name) => add(name))]);
  expect(batches).toEqual([['i1', 'i2', 'b1', 'b2'], ['i3', 'b3', 'b4'], ['b5']]);
});

it('gives bulk whole commits when nobody else waits', async () => {
  const { batches, add } = noted(4);
  await Promise.all(['b1', 'b2', 'b3', 'b4', 'b5'].map((name) => add(name, 'bulk')));
  expect(batches.map(({ length }) => length)).toEqual([4, 1]);
});

it('commits what is larger than a batch alone', async () => {
  const { batches, add } = noted(4);
  await Promise.all([add('large', 'interactive', 9), add('small'), add('large bulk', 'bulk', 9)]);
  expect(batches).toEqual([['large'], ['small'], ['large bulk']]);
});

it('refuses what more would wait than may, and takes again when there is room', async () => {
  const { promise: gate, resolve: letGo } = Promise.withResolvers<void>();
  const group = groupCommit<string, string>({
    most: 2,
    mostWaiting: 3,
    sizeOf: () => 1,
    async commit(items) {
      await gate;
      return items.map((value) => ({ value }));
    },
  });
  const taken = ['a', 'b', 'c'].map((name) => group.add(name, 'interactive'));
  await expect(group.add('d', 'interactive')).rejects.toBeInstanceOf(TooManyWaiting);
  letGo();
  expect(await Promise.all(taken)).toEqual(['a', 'b', 'c']);
  expect(await group.add('d', 'bulk')).toBe('d');
});

it('commits everything once, each lane in the order it came', async () => {
  const items = fc.array(fc.record({ size: fc.integer({ min: 1, max: 6 }), lane: fc.constantFrom<Lane>('interactive', 'bulk') }), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(items, fc.integer({ min: 1, max: 5 }), async (arriving, most) => {
      const { batches, add, idle } = noted(most);
      await Promise.all(arriving.map(({ size, lane }, i) => add(`${lane} ${i}`, lane, size)));
      await idle();
      for (const lane of ['interactive', 'bulk']) {
        const committed = batches.flat().filter((name) => name.startsWith(lane));
        expect(committed).toEqual(arriving.flatMap((item, i) => (item.lane === lane ? [`${lane} ${i}`] : [])));
      }
      const sizes = batches.map((batch) => batch.reduce((sum, name) => sum + arriving[Number(name.split(' ')[1])]!.size, 0));
      sizes.forEach((size, i) => expect(size <= most || batches[i]!.length === 1).toBe(true));
    }),
  );
});

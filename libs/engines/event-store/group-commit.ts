/** `interactive`: somebody waits. `bulk`: imports and the like, which leave half of each commit to the others. */
export type Lane = 'interactive' | 'bulk';

/** More waits than may wait: the item was not taken. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

/** What became of one item of a commit. */
export type Outcome<Result> = { value: Result } | { error: unknown };

export interface GroupCommit<Item, Result> {
  /** Shares the next commit with whatever else waits by then. Rejects with the item's own error, with that of the whole commit, or with TooManyWaiting. */
  add(item: Item, lane: Lane): Promise<Result>;
  /** Resolves when nothing waits and no commit runs. */
  idle(): Promise<void>;
}

type Waiting<Item, Result> = { item: Item; size: number; resolve: (value: Result) => void; reject: (error: unknown) => void };

/**
 * Lets items that arrive together, or while a commit runs, share one durable write.
 *
 * @param commit writes a batch and gives an outcome per item, in order; what it throws fails the whole batch
 * @param sizeOf an item's share of a batch
 * @param most the size of a batch; a larger item is committed alone. While interactive items wait, bulk ones take at most half of it.
 * @param mostWaiting the size of what may wait. Default: no limit
 */
export function groupCommit<Item, Result>(options: {
  commit: (items: Item[]) => Outcome<Result>[] | Promise<Outcome<Result>[]>;
  sizeOf: (item: Item) => number;
  most: number;
  mostWaiting?: number;
}): GroupCommit<Item, Result> {
  const { commit, sizeOf, most, mostWaiting = Infinity } = options;
  const queues: Record<Lane, Waiting<Item, Result>[]> = { interactive: [], bulk: [] };
  let running = false;
  let waiting = 0;
  let onIdle: (() => void)[] = [];

  function nextBatch(): Waiting<Item, Result>[] {
    const bulk = take(queues.bulk, queues.interactive.length > 0 ? Math.floor(most / 2) : most);
    const interactive = take(queues.interactive, most - bulk.size);
    if (bulk.items.length + interactive.items.length > 0) return [...interactive.items, ...bulk.items];
    // What is larger than its share goes alone.
    return (queues.interactive.length > 0 ? queues.interactive : queues.bulk).splice(0, 1);
  }

  async function run() {
    while (queues.interactive.length + queues.bulk.length > 0) {
      const batch = nextBatch();
      waiting -= batch.reduce((sum, { size }) => sum + size, 0);
      try {
        const outcomes = await commit(batch.map(({ item }) => item));
        batch.forEach(({ resolve, reject }, i) => {
          const outcome = outcomes[i]!;
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.value);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      await nextTurn();
    }
    running = false;
    const waitingForIdle = onIdle;
    onIdle = [];
    for (const tell of waitingForIdle) tell();
  }

  return {
    add: (item, lane) =>
      new Promise<Result>((resolve, reject) => {
        const size = sizeOf(item);
        if (waiting + size > mostWaiting) throw new TooManyWaiting('more waits to be written than can be held');
        waiting += size;
        queues[lane].push({ item, size, resolve, reject });
        if (running) return;
        running = true;
        setImmediate(run);
      }),
    idle: () => (running ? new Promise((resolve) => onIdle.push(resolve)) : Promise.resolve()),
  };
}

/** Takes items off the front of a queue as long as they fit. */
function take<T extends { size: number }>(queue: T[], room: number): { items: T[]; size: number } {
  let [count, size] = [0, 0];
  while (count < queue.length && size + queue[count]!.size <= room) size += queue[count++]!.size;
  return { items: queue.splice(0, count), size };
}

/** Lets the event loop hear of what arrived meanwhile. */
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

import { APPEND_LIMIT, WrongRevision, type EventStore, type StreamAppend } from '#engines/event-store';
import { bodyOf, type StoredEvent } from '#model';

/** `events`: of the source. `there`: of these, what the target held before. */
export type LogCopy = { log: string; events: number; there: number };

export type CopyOptions = {
  /** Only this tenant's; then the target may hold other tenants' events as well. */
  tenant?: string;
  /** Only looks whether it could be done, and how much there is to do. */
  dryRun?: boolean;
  /** Hears how many events of the source are in the target. */
  onProgress?: (done: number) => void;
};

/** The target holds something else than the beginning of the source: it is another installation's, or has gone on by itself. */
export class NotABeginning extends Error {
  override readonly name = 'NotABeginning';
  constructor(log: string, what: string) {
    super(`The log ${log} of the target holds something else than the beginning of the source: ${what}`);
  }
}

const PAGE = 1_000;
/** Of an append: what is read back at once, and what a commit takes in a few milliseconds. */
const MOST_EVENTS = 500;
const MOST_BYTES = APPEND_LIMIT - 64 * 1024;

/**
 * Appends a log to another engine's, revision for revision, in the order of its positions; the events are the same to the last hash, their positions are
 * given anew. Goes on where the target ends. Nobody else may write to the target meanwhile.
 *
 * @throws NotABeginning before anything is written; also when somebody else writes
 * @throws StoreUnavailable what was copied so far stays, and the next call goes on from there
 */
export async function copyLog(
  source: EventStore,
  target: EventStore,
  { tenant, dryRun = false, onProgress = () => {} }: CopyOptions = {},
): Promise<LogCopy> {
  const theirs = eventsOf(target, tenant);
  let [events, there, ended] = [0, 0, false];
  const batch = batching(async (appends) => {
    if (!dryRun) await append(target, appends);
    onProgress(events);
  });
  for await (const event of eventsOf(source, tenant)) {
    const next = ended ? undefined : await theirs.next();
    if (next?.done === false) {
      if (next.value.hash !== event.hash) throw new NotABeginning(target.log, placeOf(next.value));
      there++;
    } else {
      ended = true;
      await batch.add(event);
    }
    events++;
  }
  await batch.flush();
  const beyond = ended ? undefined : await theirs.next();
  if (beyond?.done === false) throw new NotABeginning(target.log, `${placeOf(beyond.value)} is not in the source`);
  onProgress(events);
  return { log: source.log, events, there };
}

const placeOf = ({ stream, revision, position }: StoredEvent) => `${stream} revision ${revision} at position ${position}`;

/** A log's events in its order, each checked against the one before it in its stream. */
export async function* eventsOf(store: EventStore, tenant?: string): AsyncGenerator<StoredEvent, undefined> {
  const whose = tenant === undefined ? {} : { tenant };
  for (let after = 0; ;) {
    const page = await store.readLog(after, PAGE, whose);
    if (page.length === 0) return;
    yield* page;
    after = page.at(-1)!.position;
  }
}

/**
 * Gathers events into appends. An engine may write the streams of an append one after the other, so one names each stream once: what comes back to a stream
 * that was left begins the next append.
 */
function batching(write: (appends: StreamAppend[]) => Promise<void>) {
  let appends: StreamAppend[] = [];
  let named = new Set<string>();
  let [count, bytes] = [0, 0];

  async function flush(): Promise<void> {
    if (appends.length > 0) await write(appends);
    [appends, named, count, bytes] = [[], new Set(), 0, 0];
  }

  return {
    flush,
    async add(stored: StoredEvent): Promise<void> {
      const { position: _, ...event } = stored;
      const { tenant, stream, revision } = event;
      const size = Buffer.byteLength(bodyOf(event));
      const isLast = () => appends.at(-1)?.stream === stream && appends.at(-1)?.tenant === tenant;
      const name = `${tenant}\u0000${stream}`;
      if (count >= MOST_EVENTS || bytes + size > MOST_BYTES || (named.has(name) && !isLast())) await flush();
      if (isLast()) appends.at(-1)!.events.push(event);
      else appends.push({ tenant, stream, expected: revision - 1, events: [event] });
      named.add(name);
      count++;
      bytes += size;
    },
  };
}

async function append(target: EventStore, appends: StreamAppend[]): Promise<void> {
  try {
    await target.append(appends, { lane: 'bulk' });
  } catch (error) {
    if (!(error instanceof WrongRevision)) throw error;
    throw new NotABeginning(
      target.log,
      `${error.stream} is at revision ${error.actual}, where ${error.expected} was copied; somebody writes to it`,
    );
  }
}

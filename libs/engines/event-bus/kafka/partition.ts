import type { Batch, KafkaMessage } from 'kafkajs';
import type { StoredEvent } from '#model';
import { persist, type PersistOptions } from '../persist.ts';
import type { BusBatch, Cursor, EventBus } from '../port.ts';
import { decode, type Decoded } from './message.ts';
import type { Ends } from './topics.ts';

type Consume = Parameters<EventBus['consume']>[0];

/** How much may lie ready for one partition, in bytes, before no more is fetched of it. */
const READY = 1024 * 1024;

export type PartitionOptions = PersistOptions &
  Pick<Consume, 'group' | 'from' | 'onBatch' | 'onLevel'> & {
    log: string;
    topic: string;
    partition: number;
    /** Most messages of one batch. */
    batch: number;
    /** Kinds of records that are wanted; undefined: all. */
    kinds?: ReadonlySet<string>;
    /** Ends of all partitions of the topic. */
    ends: () => Promise<Ends[]>;
    /** @throws OutletRefused when some of what was there is gone */
    mustBeWhole: (ends: Ends) => void;
    /** Fetches go on from an offset; or pause, or go on. */
    seek: (offset: number) => void;
    pause: () => void;
    resume: () => void;
    /** What stands at these positions of the log, where it is this service's own. */
    own?: (positions: number[]) => Promise<StoredEvent[]>;
  };

/** One partition as it is consumed by this member of a group, from when it is assigned until it is taken away. */
export type Partition = {
  /** Takes what was fetched. */
  take(batch: Batch): void;
  /** Where the group's offset may stand, for those who watch it. */
  readonly applied: number;
  /** Messages known of and not applied. */
  lag(): number;
  /**
   * The topic is of this generation by now. One that was made anew and filled just as far as before looks the same from where this has come to: so it is
   * begun again where what it has seen is of an earlier one.
   */
  isOf(generation: number): void;
  /** Ends after the batch under way. */
  stop(): Promise<void>;
};

/**
 * Follows a partition: begins where the cursor says, gives whole batches of what was fetched meanwhile, begins again at the first event when the topic
 * turns out to be another than the one the cursor is of.
 *
 * @param before what had the partition in this process before; its batch under way comes first
 */
export function followPartition(options: PartitionOptions, before: Promise<void>): Partition {
  const { log, topic, partition, batch: most, group, from, onBatch, onLevel, kinds } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const persistently = <T>(work: () => Promise<T>) => persist(work, { ...options, group, log, signal });

  let cursor: Cursor = { position: 0, offset: 0 };
  /** Fetched and not yet given; `next`: the offset that is to be fetched next; undefined while it is not known. */
  let ready: KafkaMessage[] = [];
  let bytes = 0;
  let next: number | undefined;
  let end = 0;
  let paused = true;
  /** The message before the cursor is fetched once more: it shows which generation the topic is of. */
  let showing = false;
  let wake = () => {};

  /** @param anew from the first event, whatever is remembered */
  async function begin(anew: boolean): Promise<void> {
    const kept = anew ? undefined : await from(log, partition);
    const ends = (await options.ends())[partition] ?? { low: 0, high: 0 };
    options.mustBeWhole(ends);
    if (signal.aborted) return;
    const offset = kept?.offset ?? 0;
    showing = kept?.generation !== undefined && offset > 0 && offset <= ends.high;
    cursor = showing ? kept! : { position: 0, offset: 0 };
    [ready, bytes, end] = [[], 0, ends.high];
    next = showing ? offset - 1 : 0;
    options.seek(next);
    flow(true);
    sayIfLevel();
  }

  function flow(on: boolean): void {
    if (on === !paused) return;
    paused = !on;
    if (on) options.resume();
    else options.pause();
  }

  function sayIfLevel(): void {
    if (!showing && ready.length === 0 && cursor.offset! >= end) onLevel?.(log, partition, cursor);
  }

  /** What lies ready, at most a batch of it; undefined when the place in the topic is lost, or it ends. */
  async function readyMessages(): Promise<KafkaMessage[] | undefined> {
    const nothing = () => next !== undefined && ready.length === 0 && !signal.aborted;
    while (nothing()) await new Promise<void>((resolve) => (wake = resolve));
    if (next === undefined || signal.aborted) return undefined;
    const messages = ready.splice(0, most);
    for (const message of messages) bytes -= bytesOf(message);
    if (bytes < READY / 2) flow(true);
    return messages;
  }

  /** Undefined when they are of another generation than what came before. */
  function read(messages: KafkaMessage[]): Decoded[] | undefined {
    const decoded: Decoded[] = [];
    for (const message of messages) {
      const one = decode(message, () => `${topic}/${partition}@${message.offset}`, kinds);
      const known = cursor.generation;
      if (known !== undefined && one.generation !== undefined && one.generation !== known) return undefined;
      cursor = { ...cursor, generation: known ?? one.generation };
      decoded.push(one);
    }
    return decoded;
  }

  /** Internal events stand where their marks are, for their own service; for others there is nothing. */
  async function eventsOf(decoded: Decoded[]): Promise<StoredEvent[]> {
    const marks = options.own ? decoded.filter((one) => one.internal).map(({ position }) => position) : [];
    const internal = new Map(marks.length > 0 ? (await options.own!(marks)).map((event) => [event.position, event]) : []);
    return decoded.flatMap(({ event, internal: isMark, position }) => {
      if (!isMark) return event ?? [];
      if (!options.own) return [];
      const found = internal.get(position);
      if (!found) throw new Error(`position ${position} of ${log} is published, and cannot be read in the log yet`);
      return !kinds || kinds.has(found.stream.slice(0, found.stream.indexOf('/'))) ? found : [];
    });
  }

  async function apply(messages: KafkaMessage[], decoded: Decoded[]): Promise<boolean> {
    const position = Math.max(cursor.position, ...decoded.map((one) => one.position));
    const after: Cursor = { position, offset: Number(messages.at(-1)!.offset) + 1, generation: cursor.generation };
    const done = await persistently(async () => {
      const given: BusBatch = { log, partition, events: await eventsOf(decoded), cursor: after };
      await onBatch(given);
      return true;
    });
    if (done) cursor = after;
    return done ?? false;
  }

  async function run(): Promise<void> {
    await before;
    for (let anew = false; !signal.aborted;) {
      if (!(await persistently(async () => (await begin(anew), true)))) return;
      anew = false;
      for (let messages = await readyMessages(); messages; messages = await readyMessages()) {
        const decoded = read(messages);
        if (!decoded) {
          anew = true;
          break;
        }
        if (showing) {
          showing = false;
          messages.shift();
          decoded.shift();
        }
        if (messages.length > 0 && !(await apply(messages, decoded))) return;
        sayIfLevel();
      }
      if (!anew && signal.aborted) return;
      [next, ready, bytes] = [undefined, [], 0];
    }
  }

  const ended = run();
  return {
    take(batch) {
      if (next === undefined || signal.aborted) return;
      end = Math.max(end, Number(batch.highWatermark));
      // kafkajs begins somewhere else by itself when the offset it asks for is not there: then the place has to be found anew.
      if (Number(fetchedAt(batch)) < next) next = undefined;
      else {
        for (const message of batch.messages) {
          ready.push(message);
          bytes += bytesOf(message);
        }
        next = Number(batch.lastOffset()) + 1;
        if (bytes > READY) flow(false);
      }
      wake();
    },
    get applied() {
      return cursor.offset!;
    },
    lag: () => Math.max(0, end - cursor.offset!),
    isOf(generation) {
      if (next === undefined || cursor.generation === undefined || cursor.generation >= generation) return;
      next = undefined;
      wake();
    },
    stop() {
      stopping.abort();
      wake();
      return ended;
    },
  };
}

const bytesOf = ({ key, value }: KafkaMessage) => 1_000 + (key?.length ?? 0) + (value?.length ?? 0);
const fetchedAt = (batch: Batch) => (batch as Batch & { fetchedOffset: string }).fetchedOffset;

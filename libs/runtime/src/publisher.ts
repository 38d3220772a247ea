import { setTimeout as sleep } from 'node:timers/promises';
import { OutletRefused, persist, type Outlet, type PersistOptions, type Published } from '#engines/event-bus';
import { wakeUps, type EventStore } from '#engines/event-store';
import type { ReadModels } from '#engines/read-models';
import type { Clock } from './engines.ts';
import { openLease } from './lease.ts';
import { HOUSE, LEASES, PUBLISHED, RUNTIME_COLLECTIONS } from './storage.ts';

export type PublisherOptions = PersistOptions & {
  log: EventStore;
  outlet: Outlet;
  /** Where the cursor and the lease are kept. */
  models: ReadModels;
  clock: Clock;
  /** Names this process among the service's replicas. */
  holder: string;
  /** For how long one of them is the one that publishes, in ms; 0: all of them are. */
  lease?: number;
  /** Hears, once, of what somebody has to do. */
  alert?: (message: string, about: Record<string, string>) => void;
};

/** `position` of what `head` there is; `age`: ms since the oldest event was recorded that is not published; `refused`: what has to be done first. */
export type PublisherStatus = { log: string; generation: number; position: number; head: number; age: number; refused?: string };

export type Publisher = {
  start(): Promise<void>;
  stop(): Promise<void>;
  status(): Promise<PublisherStatus>;
  /** Has all that was published thrown away and published again, from the first event, by whichever replica publishes. */
  republish(): Promise<void>;
};

const MOST = 500;
/** A publisher that died is followed so much later; what it kept for itself is safe without. */
const LEASE = 10_000;
/** How long nothing may happen before it is looked whether all is still as it was, in ms. */
const QUIET = 20_000;

/** What is kept of what was published. `discard`: it is to be thrown away first. */
type Kept = Partial<Published> & { discard?: boolean; refused?: string };

/** Somebody else has published, or asked for something: begin again from what is kept now. */
class Overtaken extends Error {}

/**
 * Tells others what happens: follows its service's log from the cursor that is kept, sends one batch after the other, and moves the cursor by
 * compare-and-set when all of a batch is there to stay. Two at once repeat what the other has sent, and neither leaves anything out.
 */
export function openPublisher(options: PublisherOptions): Publisher {
  const { log, outlet, models, clock, holder, lease: length = LEASE, alert = () => {} } = options;
  const lease = openLease(models, `publisher/${log.log}`, holder, length, clock);
  const mayPublish = async () => length === 0 || lease.keep();
  const key = { tenant: HOUSE, id: log.log };
  let stopping = new AbortController();
  let ended: Promise<unknown> | undefined;
  let wake = () => {};

  async function load(): Promise<{ version: number; kept: Kept }> {
    const [stored] = await models.load(PUBLISHED, [key]);
    return { version: stored?.version ?? 0, kept: (stored?.doc ?? {}) as Kept };
  }

  /** @returns the version now kept. @throws Overtaken */
  async function save(doc: Kept, expected: number): Promise<number> {
    const lost = await models.save([{ collection: PUBLISHED, ...key, expected, revision: 0, doc }]);
    if (lost.length > 0) throw new Overtaken();
    return expected + 1;
  }

  /** Where to go on, and under which version that is kept. */
  async function prepare(): Promise<{ published: Published; version: number }> {
    const { version, kept } = await load();
    if (kept.discard) await outlet.discard();
    try {
      const published = await outlet.prepare(publishedOf(kept));
      const same = published.generation === kept.generation && published.position === kept.position && !kept.discard && !kept.refused;
      return { published, version: same ? version : await save(published, version) };
    } catch (error) {
      if (!(error instanceof OutletRefused) || kept.refused === error.message) throw error;
      alert(error.message, { log: log.log });
      await save({ ...kept, refused: error.message }, version);
      throw error;
    }
  }

  /** Publishes until it is overtaken, is asked for something, loses the lease, or nothing has happened for a while. */
  async function publish(signal: AbortSignal, going: () => void): Promise<void> {
    let { published, version } = await prepare();
    await announce(published);
    going();
    const news = wakeUps(log, signal);
    const asked = new Promise<'asked'>((resolve) => (wake = () => resolve('asked')));
    try {
      while (!signal.aborted && (await mayPublish())) {
        news.rearm();
        const events = await log.readLog(published.position, MOST);
        if (events.length > 0) {
          published = await outlet.send(events, published);
          [version] = await Promise.all([save(published, version), announce(published)]);
          continue;
        }
        const waited = new AbortController();
        const quiet = pause(QUIET, AbortSignal.any([signal, waited.signal])).then(() => 'quiet' as const);
        const woken = await Promise.race([news.wait(), asked, quiet]);
        waited.abort();
        if (woken) return;
      }
    } finally {
      news.stop();
    }
  }

  /** Once of each: consumers know it already. */
  let announced = '';
  async function announce(published: Published): Promise<void> {
    const text = JSON.stringify(published);
    if (text !== announced) await outlet.announce(published);
    announced = text;
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted)
      await persist(
        async (going) => {
          if (!(await mayPublish())) return pause(length / 6, signal);
          await publish(signal, going).catch((error: unknown) => {
            if (!(error instanceof Overtaken)) throw error;
          });
        },
        { ...options, group: 'publisher', log: log.log, signal },
      );
  }

  return {
    async start() {
      await models.declare(RUNTIME_COLLECTIONS.filter(({ name }) => name === PUBLISHED || name === LEASES));
      stopping = new AbortController();
      ended = run(stopping.signal);
    },
    async stop() {
      stopping.abort();
      await ended;
      await lease.release();
      await outlet.close();
    },
    async status() {
      const { generation = 0, position = 0, refused } = (await load()).kept;
      const head = await log.head();
      const [oldest] = position < head ? await log.readLog(position, 1) : [];
      const age = oldest ? Math.max(0, clock() - Date.parse(oldest.recordedAt)) : 0;
      return { log: log.log, generation, position, head, age, ...(refused ? { refused } : {}) };
    },
    async republish() {
      for (;;) {
        const { version, kept } = await load();
        const asked = await save({ ...kept, discard: true }, version).catch((error: unknown) => {
          if (!(error instanceof Overtaken)) throw error;
          return undefined;
        });
        if (asked !== undefined) break;
      }
      wake();
    },
  };
}

const publishedOf = ({ generation, position, ends }: Kept): Published | undefined =>
  generation === undefined || position === undefined || ends === undefined ? undefined : { generation, position, ends };

/** Ends early when the signal aborts. */
const pause = (milliseconds: number, signal: AbortSignal) => sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);

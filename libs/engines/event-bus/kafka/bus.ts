import type { EventStore } from '#engines/event-store';
import type { PersistOptions } from '../persist.ts';
import type { Consumer, EventBus, Outlet } from '../port.ts';
import { asking, kafkaClient, type KafkaOptions } from './client.ts';
import { joinGroup } from './consumer.ts';
import { hinting } from './hints.ts';
import { topicOutlet } from './outlet.ts';
import { announcements } from './progress.ts';
import { topicsOf } from './topics.ts';

export type KafkaBusOptions = KafkaOptions &
  PersistOptions & {
    /** The logs there are: a consumer that names another is refused with a RangeError. */
    logs: readonly string[];
    /** This service's own log: its internal events are read there, for nobody else hears of them. */
    own?: EventStore;
  };

/**
 * The bus between processes, on Kafka: a topic per log, in 12 partitions. Where a consumer goes on is what it says itself, never the group's offsets;
 * those are committed for people who watch them.
 */
export function kafkaBus({ logs, own, delay, onTrouble, ...options }: KafkaBusOptions): EventBus & { outlet(log: string): Outlet } {
  const kafka = kafkaClient(options);
  const admin = asking(kafka);
  const topics = topicsOf(admin, options);
  const how = { delay, onTrouble };
  const announced = announcements(kafka, topics, how);
  const hints = hinting(kafka, topics, how);
  const consumers = new Set<Consumer>();
  const outlets = new Set<Outlet>();
  const mustKnow = (log: string) => {
    if (!logs.includes(log)) throw new RangeError(`the bus knows no log named ${log}`);
  };
  return {
    async consume(asked) {
      for (const log of asked.logs) mustKnow(log);
      const member = joinGroup(kafka, topics, announced, asked, how, own);
      const consumer: Consumer = {
        lag: () => member.lag(),
        async stop() {
          consumers.delete(consumer);
          await member.stop();
        },
      };
      consumers.add(consumer);
      return consumer;
    },
    async head(log) {
      mustKnow(log);
      return log === own?.log ? own.head() : ((await announced.latest(log))?.position ?? 0);
    },
    reached: (log, cursors) => announced.reached(log, cursors),
    onReached: (listener) => announced.onAnnounced(listener),
    hint: hints.hint,
    onHint: hints.onHint,
    outlet(log) {
      mustKnow(log);
      const outlet = topicOutlet(kafka, topics, announced, log);
      outlets.add(outlet);
      return outlet;
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      await Promise.all([...outlets].map((outlet) => outlet.close()));
      await Promise.all([announced.close(), hints.close()]);
      await admin.close();
    },
  };
}

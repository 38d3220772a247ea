import type { Admin } from 'kafkajs';
import { OutletRefused } from '../port.ts';
import type { Asking, KafkaOptions } from './client.ts';

/** Of Kafka's protocol; kafkajs has it too, where Node cannot see it. */
const TOPIC = 2;
/** Fixed for ever: with another number, a stream would go on in another partition than the one it began in. */
export const PARTITIONS = 12;

/** What is answered where nobody leads a partition yet. */
const NOT_LED = ['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE', 'UNKNOWN_TOPIC_OR_PARTITION'];

/** First and next offset of a partition. */
export type Ends = { low: number; high: number };

/** What a topic must be set to, lest it forget; and what it is made with. */
const KEEPS_EVERYTHING: Rule[] = [
  { name: 'retention.ms', value: '-1', why: 'events would be deleted when they are that old' },
  { name: 'retention.bytes', value: '-1', why: 'events would be deleted when there are that many' },
  { name: 'cleanup.policy', value: 'delete', why: 'of every record only the last event would be kept' },
  { name: 'unclean.leader.election.enable', value: 'false', why: 'events that were acknowledged could be lost with a broker' },
  {
    name: 'max.message.bytes',
    value: '1048588',
    why: 'events of the largest size could not be sent',
    holds: (value) => Number(value) >= 1_000_000,
  },
];
const READABLE: Rule[] = [
  {
    name: 'compression.type',
    value: 'producer',
    why: 'it could not be read here',
    holds: (value) => ['producer', 'uncompressed', 'gzip'].includes(value),
  },
];
type Rule = { name: string; value: string; why: string; holds?: (value: string) => boolean };

export type Topics = ReturnType<typeof topicsOf>;

/** The topics of an installation: one per service, one that says how far each has been published, one for what nobody keeps. */
export function topicsOf({ ask }: Asking, { prefix = 'rapport', replicas = -1 }: Pick<KafkaOptions, 'prefix' | 'replicas'>) {
  const nameOf = (log: string) => `${prefix}.${log}`;
  const progress = nameOf('progress');
  const hints = nameOf('hints');

  /** Makes it where it is not there yet; somebody else may be quicker. Resolves when the leaders of all partitions answer. */
  async function make(topic: string, partitions: number, settings: Record<string, string>): Promise<void> {
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    await ask(async (admin) => {
      const made = { topic, numPartitions: partitions, replicationFactor: replicas, configEntries };
      if (!(await exists(admin, topic))) await admin.createTopics({ topics: [made], waitForLeaders: false });
      await until(async () => (await endsIfLed(admin, topic)) !== undefined);
    });
  }

  async function check(topic: string): Promise<void> {
    const [partitions, settings] = await ask(async (admin) => [await partitionsOf(admin, topic), await settingsOf(admin, topic)] as const);
    if (partitions !== PARTITIONS)
      throw new OutletRefused(
        `The topic ${topic} has ${partitions} partitions and must have ${PARTITIONS}: with another number a record's events lose their order. ${renew(topic)}`,
      );
    for (const { name, value, why, holds = (given: string) => given === value } of [...KEEPS_EVERYTHING, ...READABLE]) {
      const given = settings.get(name);
      if (given !== undefined && !holds(given))
        throw new OutletRefused(`The topic ${topic} has ${name}=${given}, by which ${why}. Set it to ${value}.`);
    }
  }

  /** The command that throws away a topic and publishes it again. */
  const renew = (topic: string) => `\`rapport topics republish ${topic.slice(prefix.length + 1)}\` makes it anew.`;

  return {
    nameOf,
    progress,
    hints,
    groupOf: (group: string) => `${prefix}.${group}`,

    /** Makes a service's topic where it is missing. @throws OutletRefused naming the setting by which it would lose something */
    async prepare(log: string): Promise<void> {
      await make(nameOf(log), PARTITIONS, Object.fromEntries(KEEPS_EVERYTHING.map(({ name, value }) => [name, value])));
      await check(nameOf(log));
    },

    prepareProgress: () => make(progress, 1, { 'cleanup.policy': 'compact' }),

    prepareHints: () => make(hints, 1, { 'retention.ms': '600000' }),

    /** By partition. */
    ends: (topic: string): Promise<Ends[]> => ask((admin) => endsOf(admin, topic)),

    /** @throws OutletRefused when events that were there are gone: what is left cannot be told from the whole */
    mustBeWhole(log: string, partition: number, { low, high }: Ends, known = 0): void {
      if (low === 0 && high >= known) return;
      const gone = low > 0 ? `before offset ${low}` : `between offset ${high} and ${known}`;
      throw new OutletRefused(
        `The topic ${nameOf(log)} was truncated: of partition ${partition} what was ${gone} is gone. ${renew(nameOf(log))}`,
      );
    },

    unknown: (log: string) =>
      new OutletRefused(`The topic ${nameOf(log)} holds events, and nobody remembers how far it was published. ${renew(nameOf(log))}`),

    /** Throws a service's topic away; resolves when it is gone, or when a reader has made it anew. */
    async remove(log: string): Promise<void> {
      const topic = nameOf(log);
      await ask(async (admin) => {
        if (!(await exists(admin, topic))) return;
        await admin.deleteTopics({ topics: [topic] });
        await until(async () => !(await exists(admin, topic)) || !!(await endsIfLed(admin, topic))?.every(({ high }) => high === 0));
      });
    },
  };
}

/** Looks ten times a second, for ten seconds. */
async function until(done: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 100 && !(await done()); look++) await new Promise((resolve) => setTimeout(resolve, 100));
}

const exists = async (admin: Admin, topic: string) => (await partitionsOf(admin, topic)) > 0;

async function endsOf(admin: Admin, topic: string): Promise<Ends[]> {
  const found: Ends[] = [];
  for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) found[partition] = { low: Number(low), high: Number(high) };
  return found;
}

/** Undefined while some partition's leader does not answer as such: a topic that has just been made is known of earlier. */
async function endsIfLed(admin: Admin, topic: string): Promise<Ends[] | undefined> {
  if (!(await exists(admin, topic))) return undefined;
  return endsOf(admin, topic).catch((error: unknown) => {
    if (NOT_LED.includes(typeOf(error) ?? '')) return undefined;
    throw error;
  });
}

/** None of a topic that is not there. */
async function partitionsOf(admin: Admin, topic: string): Promise<number> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length ?? 0;
  } catch (error) {
    if (typeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return 0;
    throw error;
  }
}

/** What can be read of a topic's settings: who may not see them is not kept from working. */
async function settingsOf(admin: Admin, topic: string): Promise<Map<string, string>> {
  try {
    const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [{ type: TOPIC, name: topic }] });
    return new Map((resources[0]?.configEntries ?? []).map(({ configName, configValue }) => [configName, configValue]));
  } catch (error) {
    if (typeOf(error)?.endsWith('AUTHORIZATION_FAILED')) return new Map();
    throw error;
  }
}

/** The name of what Kafka itself has refused. */
const typeOf = (error: unknown) => (error as { type?: string }).type;

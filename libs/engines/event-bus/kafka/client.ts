import { Kafka, logLevel, type Admin, type KafkaConfig, type SASLOptions } from 'kafkajs';

export type KafkaOptions = {
  /** `host:port` of some of the brokers; they name the others. */
  brokers: string[];
  /** What the names of all topics and groups begin with, so that several installations can share a cluster. */
  prefix?: string;
  /** True, or the certificates to be used: as `tls.connect` takes them. */
  ssl?: KafkaConfig['ssl'];
  sasl?: SASLOptions;
  /** How many brokers keep each partition of a topic that is made here; what the cluster does by itself unless told. */
  replicas?: number;
};

/** How long a broker may take to answer, in ms. Whoever asks asks again, so it need not be long. */
const ANSWERED_WITHIN = 10_000;

/** For what goes on for long: a few tries more, then it is ended and begun anew by us, with connections that are new too. */
export const NO_LONGER = { retries: 2, restartOnFailure: async () => false };

/** What everything of one bus goes through. It says nothing by itself: what fails is told to whoever asked. */
export function kafkaClient({ brokers, ssl, sasl }: KafkaOptions): Kafka {
  return new Kafka({
    clientId: 'rapport',
    brokers,
    ssl,
    sasl,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: ANSWERED_WITHIN,
    // Coordinators that have just begun answer that they are loading: a few tries are part of every call. Whoever calls tries for ever.
    retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 2_000 },
  });
}

/** Asks the cluster about topics, one question after the other, by a connection that is made when first needed and made anew after every failure. */
export type Asking = { ask<T>(work: (admin: Admin) => Promise<T>): Promise<T>; close(): Promise<void> };

export function asking(kafka: Kafka): Asking {
  let connected: Admin | undefined;
  let closed = false;
  let chain: Promise<unknown> = Promise.resolve();

  async function drop(): Promise<void> {
    const former = connected;
    connected = undefined;
    // What is broken need not be closed.
    await former?.disconnect().catch(() => undefined);
  }

  async function answer<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    if (closed) throw new Error('the bus is closed');
    try {
      if (!connected) await (connected = kafka.admin()).connect();
      return await work(connected);
    } catch (error) {
      // It remembers every topic it was asked about, and fails for good once one of them is gone.
      await drop();
      throw error;
    }
  }

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = chain.then(work);
    chain = result.catch(() => undefined);
    return result;
  };
  return {
    ask: (work) => inTurn(() => answer(work)),
    close: () => {
      closed = true;
      return inTurn(drop);
    },
  };
}

import { eventBusContract } from '../contract.ts';
import { onKafka, testBed } from './testing/index.ts';

await onKafka((address) =>
  eventBusContract('Kafka', async () => {
    const { logs, bus, publisher, close } = await testBed(address);
    const one = await bus();
    for (const log of ['sales', 'contacts'] as const) await publisher(log, one);
    return { bus: one, logs, close };
  }),
);

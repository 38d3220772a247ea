import type { EventBus, Outlet } from './port.ts';
import type { KafkaBusOptions } from './kafka/bus.ts';

export * from './port.ts';
export { persist, type PersistOptions, type Trouble } from './persist.ts';
export { embeddedBus } from './embedded/bus.ts';
export type { KafkaBusOptions } from './kafka/bus.ts';

/** The bus between processes; what it needs is loaded by those that use it. */
export async function kafkaBus(options: KafkaBusOptions): Promise<EventBus & { outlet(log: string): Outlet }> {
  const kafka = await import('./kafka/bus.ts');
  return kafka.kafkaBus(options);
}

export * from './port.ts';
export type { Trouble } from './persist.ts';
export { embeddedBus } from './embedded/bus.ts';

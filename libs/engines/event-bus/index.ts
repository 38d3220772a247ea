export * from './port.ts';
export { embeddedBus, type Trouble } from './embedded/bus.ts';

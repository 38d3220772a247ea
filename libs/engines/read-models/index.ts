export * from './port.ts';
export * from './query/filter.ts';
export * from './sqlite/index.ts';

export * from './port.ts';
export { parseFilter } from './query/filter.ts';
export { parseSort } from './query/sort.ts';
export { openOrRenew, openReadModels, readOnlyModels, type ModelsOptions } from './sqlite/open.ts';

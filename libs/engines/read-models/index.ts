export * from './port.ts';
export type { MongoOptions } from './mongo/connection.ts';
export { openMongoModels } from './mongo/open.ts';
export { parseFilter } from './query/filter.ts';
export { parseSort } from './query/sort.ts';
export { openOrRenew, openReadModels, readOnlyModels, type ModelsOptions } from './sqlite/open.ts';

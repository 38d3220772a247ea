import type { MongoOptions } from './mongo/connection.ts';

export * from './port.ts';
export type { MongoOptions } from './mongo/connection.ts';
export { parseFilter } from './query/filter.ts';
export { parseSort } from './query/sort.ts';
export { openOrRenew, openReadModels, readOnlyModels, type ModelsOptions } from './sqlite/open.ts';

/** Views in MongoDB; what that needs is loaded by those that use it. */
export const openMongoModels = async (options: MongoOptions) => (await import('./mongo/open.ts')).openMongoModels(options);

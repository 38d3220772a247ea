export * from './arrays.ts';
export * from './connections.ts';
export * from './faults.ts';
export * from './migrate.ts';

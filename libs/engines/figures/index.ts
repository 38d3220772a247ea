export * from './duckdb.ts';
export * from './port.ts';

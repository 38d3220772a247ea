import type { SpanStore } from './port.ts';

export * from './port.ts';

// DuckDB is loaded by those that use it: it takes 25 MB.
export const openSpans = async (file: string): Promise<SpanStore> => (await import('./duckdb.ts')).openSpans(file);
export const openOrRenewSpans = async (file: string, onRenewed: () => void): Promise<SpanStore> =>
  (await import('./duckdb.ts')).openOrRenewSpans(file, onRenewed);

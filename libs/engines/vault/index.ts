import type { PostgresVaultOptions } from './postgres.ts';

export * from './port.ts';
export type { PostgresVaultOptions } from './postgres.ts';
export * from './sqlite.ts';
export { masterKeyOf, type VaultOptions } from './wrapping.ts';

// What a server's vault needs is loaded by those that use one.
export const openPostgresVault = async (options: PostgresVaultOptions) => (await import('./postgres.ts')).openPostgresVault(options);
export const migratePostgresVault = async (options: Pick<PostgresVaultOptions, 'url' | 'schema'>) =>
  (await import('./postgres.ts')).migratePostgresVault(options);

export * from './port.ts';
export { migratePostgresVault, openPostgresVault, type PostgresVaultOptions } from './postgres.ts';
export * from './sqlite.ts';
export { masterKeyOf, type VaultOptions } from './wrapping.ts';

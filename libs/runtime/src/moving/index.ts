export * from './compare-logs.ts';
export { copyLog, NotABeginning, type LogCopy } from './copy-log.ts';
export * from './copy-vault.ts';
export * from './mark.ts';

export { batchOf, type Batch, type BatchKind } from './batch.ts';
export { CancelBatch, ChangeImport } from './batch.commands.ts';
export { Batches, KEPT_DAYS, type ImportPage } from './batches.ts';
export type { Finding } from './finding.ts';
export type { AccessOf, BatchSetting, Importable } from './run.ts';

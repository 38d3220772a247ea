export { batchOf, type Batch, type BatchKind } from './batch.ts';
export { CancelBatch, ChangeImport } from './batch.commands.ts';
export { Batches, ImportPage, KEPT_DAYS } from './batches.ts';
export { Finding } from './finding.ts';
export type { AccessOf, BatchSetting, Importable } from './run.ts';

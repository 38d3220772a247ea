import { BatchCounts, batchEvents, batchSettings, batchTakenBack } from '#events/batch';
import {
  act,
  Count,
  create,
  decider,
  fold,
  Id,
  Instant,
  on,
  OneOf,
  Optional,
  personal,
  projection,
  Ref,
  reject,
  start,
  Struct,
  Text,
  type Decider,
  type Projection,
  type Static,
  type TObject,
} from '#model';
import {
  CancelBatch,
  ChangeImport,
  CreateBatch,
  ExpireBatch,
  FinishBatch,
  ProgressBatch,
  RedoneBatch,
  StartBatch,
  UndoneBatch,
} from './batch.commands.ts';

export const batchShape = {
  id: Id,
  source: OneOf('import'),
  resource: Text,
  ownerId: Ref('workspace.user'),
  label: Optional(personal(Text)),
  status: OneOf('ready', 'checking', 'checked', 'running', 'done', 'failed', 'cancelled', 'expired'),
  rows: Count,
  file: Id,
  bytes: Count,
  delimiter: Text,
  ...batchSettings,
  /** Who started it last: in whose name it runs. */
  startedBy: Optional(Ref('workspace.user')),
  startedAt: Optional(Instant),
  finishedAt: Optional(Instant),
  createdAt: Instant,
  pass: Count,
  row: Count,
  findings: Count,
  linked: Optional(Count),
  counts: BatchCounts,
  problem: Optional(Text),
  /** That what it did was taken back: under which correlation, how many events, how many were left as they are. */
  undone: Optional(Struct({ ...batchTakenBack, by: Ref('workspace.user'), at: Instant })),
};
export type Batch = Static<TObject<typeof batchShape>>;
export type Counts = Batch['counts'];
export const NO_COUNTS: Counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0, noted: 0 };

/** A service's batches: how they are decided, and how they are listed. */
export type BatchKind = { decider: Decider<Batch, any>; row: Projection<Batch> };
const kinds = new Map<string, BatchKind>();

export function batchOf(service: string): BatchKind {
  let kind = kinds.get(service);
  if (!kind) kinds.set(service, (kind = define(service)));
  return kind;
}

const BUSY = ['checking', 'running'];
const busy = (batch: Batch) => reject('batch-busy', { status: batch.status });
const over = (batch: Batch) => reject('batch-over', { status: batch.status });
const isOver = ({ status }: Batch) => ['done', 'cancelled', 'expired'].includes(status);

function define(service: string): BatchKind {
  const events = batchEvents(service);
  const begun = { pass: 1, row: 0, findings: 0, linked: 0, counts: NO_COUNTS, problem: undefined, finishedAt: undefined };
  const handlers = fold<Batch>(
    start(events.created, (e): Batch => ({ ...e.data, ...begun, id: e.recordId, status: 'ready', createdAt: e.at })),
    on(events.changed, (batch, e): Batch => ({ ...events.changed.apply(batch, e), status: 'ready' })),
    on(events.started, (batch, e): Batch => ({
      ...batch,
      ...begun,
      status: e.data.dryRun ? 'checking' : 'running',
      startedBy: e.actor,
      startedAt: e.at,
    })),
    on(events.progressed, (batch, e): Batch => ({ ...batch, ...e.data, linked: (batch.linked ?? 0) + (e.data.linked ? 1 : 0) })),
    on(events.finished, (batch, e): Batch => ({
      ...batch,
      status: e.data.outcome === 'done' && batch.status === 'checking' ? 'checked' : e.data.outcome,
      problem: e.data.problem,
      finishedAt: e.at,
    })),
    on(events.undone, (batch, e): Batch => ({ ...batch, undone: { ...e.data, by: e.actor, at: e.at } })),
    on(events.redone, (batch): Batch => ({ ...batch, undone: undefined })),
    on(events.expired, (batch): Batch => ({ ...batch, status: 'expired' })),
  );
  const form = { undo: 'change', ability: 'import' };
  return {
    decider: decider(
      `${service}.batch`,
      handlers,
      {
        create: create(
          CreateBatch,
          (
            { match, since, dates, currency, country, columns = [], defaults = [], existing = 'update', decimal = '.', ...rest },
            { actor },
          ) =>
            events.created({
              ...rest,
              ...present({ match, since, dates, currency, country }),
              columns,
              defaults,
              existing,
              decimal,
              ownerId: actor,
            }),
          { ability: 'import' },
        ),
        change: act(
          ChangeImport,
          (batch, patch) => {
            if (BUSY.includes(batch.status)) return busy(batch);
            return isOver(batch) ? over(batch) : events.changed.between(batch, patch);
          },
          form,
        ),
        start: act(
          StartBatch,
          (batch, { dryRun }) => {
            if (BUSY.includes(batch.status)) return busy(batch);
            return isOver(batch) ? over(batch) : events.started({ dryRun });
          },
          { ability: 'import' },
        ),
        progress: act(ProgressBatch, (batch, done) => (BUSY.includes(batch.status) ? events.progressed(done) : over(batch)), {
          ability: 'import',
        }),
        finish: act(FinishBatch, (batch, ended) => (BUSY.includes(batch.status) ? events.finished(ended) : over(batch)), {
          ability: 'import',
        }),
        cancel: act(CancelBatch, (batch) => (isOver(batch) ? over(batch) : events.finished({ outcome: 'cancelled' })), {
          ability: 'import',
        }),
        undone: act(UndoneBatch, (_batch, came) => events.undone(came), { ability: 'undo' }),
        redone: act(RedoneBatch, ({ undone }) => (undone ? events.redone(cameTo(undone)) : []), { ability: 'undo' }),
        expire: act(
          ExpireBatch,
          (batch) => (BUSY.includes(batch.status) ? busy(batch) : batch.status === 'expired' ? [] : events.expired({})),
          { ability: 'import' },
        ),
      },
      {
        inverse: {
          [events.undone.type]: () => ({ command: 'redone', data: {} }),
          [events.redone.type]: (data) => ({ command: 'undone', data }),
        },
      },
    ),
    row: projection(
      `${service}.batch-row`,
      batchShape,
      {
        version: 2,
        access: 'owner',
        indexes: [['resource', 'createdAt'], ['status', 'createdAt'], ['createdAt'], ['ownerId', 'createdAt']],
      },
      ...handlers,
    ),
  };
}

const cameTo = ({ correlation, done, left }: NonNullable<Batch['undone']>) => ({ correlation, done, left });

/** A new record has no members that are null. */
const present = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], null> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as never;

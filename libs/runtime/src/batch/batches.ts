import { Readable } from 'node:stream';
import { Answer, Flag, List, newUuidV7, Optional, Text, uuidV5, type Static } from '#model';
import { csvLine, csvRows } from '#records';
import { visible } from '../access.ts';
import type { Accepted } from '../commands.ts';
import { context, inContext, type RequestContext } from '../context.ts';
import { invalid, notFound, Problem, type FieldProblem } from '../problem.ts';
import { batchOf, batchShape, type Batch } from './batch.ts';
import type { ChangeImport } from './batch.commands.ts';
import { Finding, findingsOf } from './finding.ts';
import { findingsFile, sourceFile, workOn, type BatchSetting, type Importable } from './run.ts';
import { takeIn } from './upload.ts';

/** A field a column may be mapped to. */
export const ImportField = Answer('ImportField', { field: Text, label: Text, required: Flag, key: Flag, refers: Optional(Text) });
/** A batch as its page shows it: what its columns may mean, how the file begins, what was found first. */
export const ImportPage = Answer('ImportPage', {
  ...batchShape,
  fields: List(ImportField),
  sample: List(List(Text)),
  firstFindings: List(Finding),
});
export type ImportPage = Static<typeof ImportPage>;

/** Findings are kept this long after a batch has ended, files that never ran after they came: then their key is destroyed. */
export const KEPT_DAYS = 30;
const DAY = 24 * 3600 * 1000;
const SAMPLE = 5;
const SLICE = 8_192;
const FIRST_FINDINGS = 100;

/** A service's imports: taking files in, mapping, dry run, run, what was found. Whoever asks may only what their abilities say. */
export class Batches {
  private readonly kind: ReturnType<typeof batchOf>;
  private readonly working = new Map<string, Promise<void>>();

  constructor(private readonly setting: BatchSetting) {
    this.kind = batchOf(setting.runtime.service);
  }

  /** Takes a file in. @throws Problem 400, 403, 413 */
  async upload(
    resource: string,
    source: AsyncIterable<Uint8Array>,
    { charset, label }: { charset?: string; label?: string },
  ): Promise<Accepted<Batch>> {
    const ctx = context();
    const { decider, columns } = this.importable(resource);
    this.mayImport(decider.kind);
    const id = ctx.idempotent ? uuidV5(ctx.commandId, 'id') : newUuidV7(this.setting.runtime.engines.clock());
    const batch = { id, file: newUuidV7(this.setting.runtime.engines.clock()) };
    const taken = await takeIn(source, charset, columns, this.setting.files, sourceFile(this.setting.runtime.service, ctx.tenant, batch));
    const match = Object.keys(columns.keys).find((field) => taken.columns.some((one) => one.field === field));
    const body = { source: 'import', resource, file: batch.file, ...taken, ...(label ? { label } : {}), ...(match ? { match } : {}) };
    const accepted = (await this.setting.runtime.commands.create(this.kind.decider, 'create', body, id)) as Accepted<Batch>;
    if (accepted.again) await this.setting.files.remove(sourceFile(this.setting.runtime.service, ctx.tenant, batch));
    return accepted;
  }

  /** Changes how the rows are to be taken; columns are named by their heading, and those not named stay. @throws Problem 400 */
  async change(resource: string, id: string, patch: ChangeImport): Promise<Accepted<Batch>> {
    const batch = await this.batch(resource, id);
    const columns = patch.columns && merged(batch, patch.columns);
    const next = { ...batch, ...patch, columns: columns ?? batch.columns } as Batch;
    const faults = settingFaults(next, this.importable(resource));
    if (faults.length > 0) throw invalid(faults);
    return (await this.setting.runtime.commands.run(this.kind.decider, id, 'change', {
      ...patch,
      ...(columns ? { columns } : {}),
    })) as Accepted<Batch>;
  }

  /** Begins a dry run or the run; it goes on by itself. @throws Problem 409 `columns-missing` */
  async start(resource: string, id: string, dryRun: boolean): Promise<Accepted<Batch>> {
    const batch = await this.batch(resource, id);
    const { columns, decider } = this.importable(resource);
    this.mayImport(decider.kind);
    const faults = settingFaults(batch, this.importable(resource));
    if (faults.length > 0) throw invalid(faults);
    const given = new Set([...batch.columns.map(({ field }) => field), ...batch.defaults.map(({ field }) => field)]);
    const missing = columns.required.filter((field) => !given.has(field));
    if (missing.length > 0)
      throw new Problem(409, 'columns-missing', `No column is mapped to ${missing.join(', ')}.`, {
        fields: missing.map((field) => ({ field, problem: 'has no column', hint: 'map one, or give a default' })),
      });
    return (await this.setting.runtime.commands.run(this.kind.decider, id, 'start', { dryRun })) as Accepted<Batch>;
  }

  async cancel(resource: string, id: string): Promise<Accepted<Batch>> {
    await this.batch(resource, id);
    return (await this.setting.runtime.commands.run(this.kind.decider, id, 'cancel', {})) as Accepted<Batch>;
  }

  /** @throws Problem 404 */
  async page(resource: string, id: string): Promise<ImportPage> {
    const batch = await this.batch(resource, id);
    const { columns } = this.importable(resource);
    const fields = Object.entries(columns.fields).map(([field, { label, refers }]) => ({
      field,
      label,
      required: columns.required.includes(field),
      key: field in columns.keys,
      ...(refers ? { refers: refers.view.name.replace(/-[a-z]+$/, '') } : {}),
    }));
    if (batch.status === 'expired') return { ...batch, fields, sample: [], firstFindings: [] };
    const sample: string[][] = [];
    for await (const row of this.source(batch)) {
      sample.push(row);
      if (sample.length > SAMPLE) break;
    }
    return { ...batch, fields, sample: sample.slice(1), firstFindings: await this.findings(resource, id, 0, FIRST_FINDINGS) };
  }

  /** Findings after the first `skip` of them. */
  async findings(resource: string, id: string, skip: number, limit: number): Promise<Finding[]> {
    const batch = await this.batch(resource, id);
    const found: Finding[] = [];
    let at = 0;
    for await (const finding of this.found(batch)) {
      if (at++ >= skip) found.push(finding);
      if (found.length === limit) break;
    }
    return found;
  }

  /** The rejected rows as they stood in the file, each with its row number and its reasons. */
  async rejected(resource: string, id: string): Promise<Readable> {
    const batch = await this.batch(resource, id);
    if (batch.status === 'expired')
      throw new Problem(410, 'expired', 'The file and its findings were destroyed, 30 days after the import.');
    const rows = this.source(batch);
    const findings = this.found(batch);
    async function* lines() {
      const heading = await rows.next();
      yield `\ufeff${csvLine(['row', 'reasons', ...(heading.value as string[])])}`;
      let row = 1;
      let cells: string[] = [];
      let reasons: string[] = [];
      // Findings stand in the order of the rows, so both are read once, side by side.
      let current = 0;
      for await (const { severity, row: at, column, field, problem } of findings) {
        if (severity !== 'rejected') continue;
        if (at !== current) {
          if (current > 0) yield csvLine([current, reasons.join('; '), ...cells]);
          for (; row < at; row++) cells = (await rows.next()).value as string[];
          [current, reasons] = [at, []];
        }
        reasons.push([column ?? field, problem].filter(Boolean).join(' '));
      }
      if (current > 0) yield csvLine([current, reasons.join('; '), ...cells]);
    }
    return Readable.from(lines());
  }

  /** Works on a batch that was started, unless it is being worked on already; resolves when it is over. */
  work(tenant: string, id: string): Promise<void> {
    const name = `${tenant}/${id}`;
    let work = this.working.get(name);
    if (!work) {
      work = workOn(this.setting, tenant, id).finally(() => this.working.delete(name));
      this.working.set(name, work);
    }
    return work;
  }

  /** Batches that were started and are not over: after a crash, those to go on with. */
  async unfinished(): Promise<string[]> {
    const { items } = await this.setting.runtime.views.list(this.kind.row, {
      where: { field: 'status', op: 'in', value: ['checking', 'running'] },
      limit: 100,
    });
    return items.map(({ id }) => id);
  }

  /** Destroys the files and keys of batches that ended more than 30 days ago, or never ran since. @returns how many */
  async expire(): Promise<number> {
    const { runtime, files } = this.setting;
    const { tenant } = context();
    const before = new Date(runtime.engines.clock() - KEPT_DAYS * DAY).toISOString();
    const { items } = await runtime.views.list(this.kind.row, {
      where: {
        and: [
          { field: 'status', op: 'in', value: ['ready', 'checked', 'done', 'failed', 'cancelled'] },
          { field: 'createdAt', op: 'lt', value: before },
        ],
      },
      limit: 100,
    });
    const due = items.filter(({ finishedAt }) => !finishedAt || finishedAt < before);
    for (const batch of due) {
      await files.remove(sourceFile(runtime.service, tenant, batch));
      await files.remove(findingsFile(runtime.service, tenant, batch));
      const ctx: RequestContext = { ...context(), commandId: newUuidV7(runtime.engines.clock()) };
      await inContext(ctx, () => runtime.commands.run(this.kind.decider, batch.id, 'expire', {}));
      await runtime.engines.vault.destroy(
        tenant,
        [`${runtime.service}.batch/${batch.id}`],
        new Date(runtime.engines.clock()).toISOString(),
      );
      runtime.engines.sealer.forget(tenant, `${runtime.service}.batch/${batch.id}`);
      runtime.streams.forget(tenant, `${runtime.service}.batch/${batch.id}`);
    }
    return due.length;
  }

  private importable(resource: string): Importable {
    const found = this.setting.resources.get(resource);
    if (!found) throw notFound();
    return found;
  }

  private mayImport(kind: string): void {
    const { permissions } = context();
    if (!permissions.may('import', kind))
      throw new Problem(403, 'forbidden', 'You may not import these.', { rule: permissions.why('import', kind) });
  }

  private async batch(resource: string, id: string): Promise<Batch> {
    const { permissions, tenant } = context();
    const { decider } = this.kind;
    const loaded = await this.setting.runtime.streams.load<Batch>(decider, tenant, id);
    if (!loaded.state || loaded.state.resource !== resource || !visible(permissions, decider, loaded)) throw notFound();
    this.mayImport(this.importable(resource).decider.kind);
    return loaded.state;
  }

  private source(batch: Batch): AsyncGenerator<string[]> {
    const { files, runtime } = this.setting;
    return csvRows(slices(files.read(sourceFile(runtime.service, context().tenant, batch), batch.bytes)), batch.delimiter);
  }

  private found(batch: Batch): AsyncGenerator<Finding> {
    const { files, runtime } = this.setting;
    return findingsOf(files.read(findingsFile(runtime.service, context().tenant, batch), batch.findings));
  }
}

/** In small pieces: whoever wants five rows should not wait for a megabyte of them. */
async function* slices(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const part of bytes) for (let at = 0; at < part.length; at += SLICE) yield part.subarray(at, at + SLICE);
}

/** @throws Problem 400 for a heading the file does not have */
function merged(batch: Batch, patch: NonNullable<ChangeImport['columns']>): Batch['columns'] {
  const columns = batch.columns.map((column) => ({ ...column }));
  for (const [at, { heading, field, times }] of patch.entries()) {
    const found = columns.find((column) => column.heading === heading);
    if (!found) throw invalid([{ field: `columns.${at}.heading`, problem: 'is no heading of this file' }]);
    delete found.field;
    delete found.times;
    Object.assign(found, field ? { field } : {}, times ? { times } : {});
  }
  return columns;
}

function settingFaults({ columns, defaults, match }: Batch, { columns: known }: Importable): FieldProblem[] {
  const fields = Object.keys(known.fields);
  const faults: FieldProblem[] = [];
  const seen = new Set<string>();
  for (const [at, { field }] of columns.entries()) {
    if (!field) continue;
    if (!isKnown(field)) faults.push({ field: `columns.${at}.field`, problem: 'is no field of these records', hint: fields.join(', ') });
    if (seen.has(field)) faults.push({ field: `columns.${at}.field`, problem: 'is mapped to two columns', hint: field });
    seen.add(field);
  }
  for (const [at, { field }] of defaults.entries())
    if (!isKnown(field)) faults.push({ field: `defaults.${at}.field`, problem: 'is no field of these records', hint: fields.join(', ') });
  const keys = ['id', ...Object.keys(known.keys)];
  if (match && !keys.includes(match)) faults.push({ field: 'match', problem: 'tells no record from another', hint: keys.join(', ') });
  else if (match && !seen.has(match)) faults.push({ field: 'match', problem: 'has no column in this file', hint: [...seen].join(', ') });
  return faults;

  function isKnown(field: string): boolean {
    return fields.includes(field) || field === 'id' || (known.custom && /^custom\.[a-z]/.test(field));
  }
}

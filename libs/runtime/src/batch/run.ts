import { newUuidV7, startOfDay, uuidV5, uuidV7From, type AnyView, type Decider } from '#model';
import { csvRows, inChunks, type Columns, type Named, type Step } from '#records';
import type { SealedFiles } from '#privacy';
import { inContext, type Permissions, type Position, type RequestContext } from '../context.ts';
import { validateForm } from '../form.ts';
import { Problem } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { batchOf, NO_COUNTS, type Batch, type Counts } from './batch.ts';
import { findingLines } from './finding.ts';
import { documentsBy, reject, rejectFor, resolveColumn, RowReader, type Row } from './rows.ts';

type Make = NonNullable<NonNullable<Columns['fields'][string]['refers']>['make']>;

/** A kind of record that comes in files: how it decides, how it stands in files, what shows it. */
export type Importable = { decider: Decider<any, any>; columns: Columns; view: AnyView };
/** Who may do what at this moment; undefined once they may do nothing here. */
export type AccessOf = (tenant: string, user: string) => Permissions | undefined | Promise<Permissions | undefined>;
export type BatchSetting = {
  runtime: Runtime;
  files: SealedFiles;
  resources: ReadonlyMap<string, Importable>;
  access: AccessOf;
  /** How far the logs reach that this service follows: what rows may name lies before it. */
  heads: () => Promise<Position[]>;
};

/** Rows judged together: enough that their durable writes and questions are shared, few enough that memory stays flat. */
const CHUNK = 500;
const AT_ONCE = 256;
const MOST_PRETENDED = 100_000;

export const sourceFile = (service: string, tenant: string, { id, file }: Pick<Batch, 'id' | 'file'>) => ({
  tenant,
  record: `${service}.batch/${id}`,
  name: `${file}.csv`,
});
export const findingsFile = (service: string, tenant: string, { id, file }: Pick<Batch, 'id' | 'file'>) => ({
  tenant,
  record: `${service}.batch/${id}`,
  name: `${file}.findings`,
});

/**
 * Does what a batch has before it, from where it stands: called again after a crash it goes on, and every row is still done once, for a row's
 * commands have ids of their own. Resolves when the batch is over, or was cancelled.
 *
 * @throws Problem 503 and the like, when the engines cannot just now: to be called again
 */
export async function workOn(setting: BatchSetting, tenant: string, id: string): Promise<void> {
  const { runtime } = setting;
  const { decider } = batchOf(runtime.service);
  const { state: batch } = await runtime.streams.load<Batch>(decider, tenant, id);
  if (!batch || !['checking', 'running'].includes(batch.status)) return;
  const work = new Work(setting, tenant, { ...batch, id });
  try {
    await work.run();
  } catch (error) {
    if (error instanceof Over) return;
    const failed = error instanceof Problem ? (error.status < 500 ? error.detail : undefined) : undefined;
    if (failed === undefined) throw error;
    await work.tell('finish', { outcome: 'failed', problem: failed.slice(0, 500) });
  }
}

/** Somebody cancelled it meanwhile. */
class Over extends Error {}

class Work {
  private readonly batch: Batch;
  private counts: Counts;
  private findings: number;
  private linked: boolean;
  private readonly dryRun: boolean;
  private readonly own: Importable;
  private permissions!: Permissions;
  /** Records that a dry run would have made, and names they go by: it makes none, and must still see that another row means one of them. */
  private readonly pretended = new Set<string>();
  private readonly zone: string;
  /** The column by which records of one file name each other. */
  private readonly selfField: string | undefined;
  /** Whether events of these records hold what is personal of them. */
  private readonly personal: boolean;

  constructor(
    private readonly setting: BatchSetting,
    private readonly tenant: string,
    batch: Batch,
  ) {
    const own = setting.resources.get(batch.resource);
    if (!own) throw new Error(`no columns of ${batch.resource} are known here`);
    this.own = own;
    this.dryRun = batch.status === 'checking';
    // A dry run that was interrupted begins again: what it pretended is gone.
    const from = this.dryRun ? { counts: NO_COUNTS, findings: 0, linked: 0, row: 0, pass: 1 } : batch;
    this.batch = { ...batch, ...from };
    this.counts = { ...from.counts };
    this.findings = from.findings;
    this.linked = (from.linked ?? 0) > 0;
    this.selfField = Object.entries(own.columns.fields).find(([, { refers }]) => refers?.self)?.[0];
    this.zone = setting.runtime.engines.tenants.zone(tenant);
    this.personal = own.decider.evolve.some(({ event }) => event.personal.some(({ by }) => by === undefined));
  }

  async run(): Promise<void> {
    await this.caughtUp();
    let from = this.batch.row;
    if (this.batch.pass === 1) {
      await this.pass(1, from, (rows) => this.take(rows));
      from = 0;
    }
    if (this.linked) {
      await this.caughtUp();
      await this.pass(2, from, (rows) => this.link(rows));
    }
    await this.tell('finish', { outcome: 'done' });
  }

  /** A command to the batch itself, outside of its correlation: what is undone with the import are its records, not its story. */
  async tell(command: string, data: unknown): Promise<void> {
    const { runtime } = this.setting;
    const commandId = newUuidV7(runtime.engines.clock());
    const ctx = { ...this.context(commandId), correlationId: commandId, permissions: EVERYTHING, dryRun: false };
    await inContext(ctx, () => runtime.commands.run(batchOf(runtime.service).decider, this.batch.id, command, data)).catch(
      (error: unknown) => {
        throw error instanceof Problem && error.code === 'batch-over' ? new Over() : error;
      },
    );
  }

  private async pass(pass: 1 | 2, from: number, work: (rows: Row[]) => Promise<void>): Promise<void> {
    const { files, runtime, access } = this.setting;
    const reader = new RowReader(this.batch, this.own.columns);
    let at = 0;
    const numbered = async function* (cells: AsyncIterable<string[]>) {
      for await (const row of cells) if (at++ > from) yield { row: at, cells: row };
    };
    const source = files.read(sourceFile(runtime.service, this.tenant, this.batch), this.batch.bytes);
    for await (const chunk of inChunks(numbered(csvRows(source, this.batch.delimiter)), CHUNK)) {
      const permissions = await access(this.tenant, this.batch.startedBy!);
      if (!permissions?.may('import', this.own.decider.kind))
        throw new Problem(403, 'forbidden', 'Who started this import may not import here any more.');
      this.permissions = permissions;
      // Blank lines are no rows.
      const rows = chunk
        .filter(({ cells }) => cells.length > 1 || cells[0]!.trim() !== '')
        .map(({ row, cells }) => reader.read(row, cells));
      await inContext(this.context(this.batch.id), () => this.resolve(rows, pass === 2));
      await work(rows);
      // The second pass reads every row again; new is only what it finds of the links.
      const found = rows.flatMap(({ findings }) =>
        pass === 1 ? findings : findings.filter(({ severity, field }) => severity === 'note' && field === this.selfField),
      );
      this.counts.noted += found.filter(({ severity }) => severity === 'note').length;
      this.findings = await files.append(findingsFile(runtime.service, this.tenant, this.batch), this.findings, findingLines(found));
      const linked = pass === 1 && rows.some(({ later }) => later);
      this.linked ||= linked;
      await this.tell('progress', { pass, row: at - 1, findings: this.findings, linked, counts: this.counts });
    }
    if (pass === 1 && this.linked)
      await this.tell('progress', { pass: 2, row: 0, findings: this.findings, linked: false, counts: this.counts });
  }

  /** What cells name, in the order of the columns' declaration: what one makes may need another. */
  private async resolve(rows: Row[], last: boolean): Promise<void> {
    const { fields } = this.own.columns;
    const self = this.selfField === undefined ? undefined : fields[this.selfField]!.refers!;
    if (self && this.dryRun && !last)
      for (const { values } of rows)
        if (typeof values[self.self!] === 'string') this.pretend(`name ${self.key(values[self.self!] as string)}`);
    for (const [field, column] of Object.entries(fields)) {
      if (!column.refers) continue;
      const { make } = column.refers;
      await resolveColumn(this.setting.runtime.views, field, column, rows, {
        last,
        known: (key) => this.pretended.has(`name ${key}`),
        ...(make ? { make: (name, key, values) => this.make(make, name, key, values) } : {}),
      });
    }
  }

  private pretend(what: string): void {
    if (this.pretended.size < MOST_PRETENDED) this.pretended.add(what);
  }

  private async make(how: Make, name: string, key: string, values: Record<string, unknown>): Promise<Named> {
    const of = this.setting.runtime.parts.deciders.get(how.kind)!;
    const id = this.idOf(of.kind, key);
    const ctx = this.context(uuidV5(this.batch.id, `make/${of.kind}/${key}`), this.since());
    await inContext(ctx, () => this.setting.runtime.commands.create(of, how.command, how.data(name, values), id)).catch(
      (error: unknown) => {
        // Made by an earlier row, or an earlier run.
        if (!(error instanceof Problem) || !['exists', 'key-reused'].includes(error.code)) throw error;
      },
    );
    return { id, name };
  }

  private async take(rows: Row[]): Promise<void> {
    const matched = await inContext(this.context(this.batch.id), () => this.match(rows));
    // Rows of one record one after the other: each builds on what the former left.
    const lanes = new Map<string, Row[]>();
    for (const row of rows) {
      const id = matched.get(row) ?? this.derived(row);
      const lane = lanes.get(id);
      if (lane) lane.push(row);
      else lanes.set(id, [row]);
    }
    if (this.personal && !this.dryRun)
      await this.setting.runtime.engines.sealer.prepare(
        this.tenant,
        [...lanes].flatMap(([id, lane]) => (lane.every(({ rejected }) => rejected) ? [] : `${this.own.decider.kind}/${id}`)),
      );
    const queue = lanes.values();
    const next = async () => {
      for (const lane of queue)
        for (const row of lane) {
          if (!row.rejected) await this.takeRow(row, matched.get(row)).catch((error: unknown) => this.refused(row, error));
          if (row.rejected) this.counts.rejected++;
        }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, lanes.size) }, next));
  }

  private refused(row: Row, error: unknown): void {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    rejectFor(row, error);
  }

  /** The record each row is, by the chosen key; more than one is a finding. */
  private async match(rows: Row[]): Promise<Map<Row, string>> {
    const found = new Map<Row, string>();
    const { match, existing } = this.batch;
    if (!match || existing === 'create') return found;
    const asking = rows.filter((row) => !row.rejected && typeof row.values[match] === 'string');
    if (match === 'id') {
      const ids = asking.map((row) => row.values.id as string);
      const there = new Set(((await this.setting.runtime.views.many(this.own.view, ids)) as Named[]).map(({ id }) => id));
      for (const row of asking) {
        if (there.has(row.values.id as string)) found.set(row, row.values.id as string);
        else reject(row, { field: 'id', problem: 'is the id of no record' });
      }
      return found;
    }
    const key = this.own.columns.keys[match]!;
    const keyOf = (row: Row) => key.key(row.values[match] as string);
    const byKey = await documentsBy(this.setting.runtime.views, key.view, key.field, key.list ? 'hasAny' : 'in', [
      ...new Set(asking.map(keyOf)),
    ]);
    for (const row of asking) {
      const same = byKey.get(keyOf(row)) ?? [];
      if (same.length > 1)
        reject(row, { field: match, problem: `is the same in ${same.length} records`, hint: 'merge them, or match on another field' });
      else if (same[0]) found.set(row, same[0].id);
    }
    return found;
  }

  private async takeRow(row: Row, matched: string | undefined): Promise<void> {
    const derived = this.derived(row);
    if (matched && matched !== derived) return this.takeExisting(row, matched);
    if (this.dryRun && this.pretended.has(derived)) return void this.counts[this.batch.existing === 'skip' ? 'skipped' : 'updated']++;
    if (this.dryRun && this.keyOf(row) !== undefined) this.pretend(derived);
    const steps = this.stepsOf(row, undefined);
    if (!steps) return;
    try {
      await this.send(row, steps, derived, true);
      this.counts.created++;
    } catch (error) {
      // An earlier row of this file has the same key.
      if (!(error instanceof Problem) || error.code !== 'exists') throw error;
      await this.takeExisting(row, derived);
    }
  }

  private async takeExisting(row: Row, id: string): Promise<void> {
    if (this.batch.existing === 'skip') return void this.counts.skipped++;
    const { state } = await this.setting.runtime.streams.load<Record<string, unknown>>(this.own.decider, this.tenant, id);
    const steps = this.stepsOf(row, state);
    if (!steps) return;
    this.counts[(await this.send(row, steps, id, false)) ? 'updated' : 'unchanged']++;
  }

  private stepsOf(row: Row, was: Record<string, unknown> | undefined): Step[] | undefined {
    const steps = this.own.columns.steps(row.values, was, this.batch);
    if (Array.isArray(steps)) return steps;
    reject(row, steps);
    return undefined;
  }

  /** The commands a row comes to, one after the other. @returns whether any changed something, now or before a crash */
  private async send(row: Row, steps: Step[], id: string, creates: boolean): Promise<boolean> {
    const { commands } = this.setting.runtime;
    let changed = false;
    for (const [place, { command, data, on }] of steps.entries()) {
      const first = creates && place === 0;
      if (this.dryRun && creates && !first) {
        // There is no record yet that could act: what can be said of it is whether it would be understood.
        validateForm(this.own.decider.commands[command].form, data);
        continue;
      }
      const at = on ? startOfDay(on, this.zone) : first ? this.since() : undefined;
      const commandId = uuidV5(this.batch.id, `${this.batch.startedAt}/${row.row}/${creates ? '' : 'again/'}${place}`);
      const done = await inContext(this.context(commandId, at), () =>
        first ? commands.create(this.own.decider, command, data, id) : commands.run(this.own.decider, id, command, data),
      );
      changed ||= done.changed || done.again === true;
    }
    return changed;
  }

  /** Records of one file point to each other once all are there. */
  private async link(rows: Row[]): Promise<void> {
    const field = this.selfField!;
    const matched = await inContext(this.context(this.batch.id), () => this.match(rows));
    const taken = rows.filter((row) => {
      const own = matched.get(row) === undefined || matched.get(row) === this.derived(row);
      return !row.rejected && row.values[field] !== undefined && (own || this.batch.existing === 'update');
    });
    await Promise.all(
      taken.map((row) => {
        const { command, data } = this.own.columns.link!(row.values, (row.values[field] as Named).id);
        const ctx = this.context(uuidV5(this.batch.id, `${this.batch.startedAt}/${row.row}/link`), this.since());
        const id = matched.get(row) ?? this.derived(row);
        return inContext(ctx, () => this.setting.runtime.commands.run(this.own.decider, id, command, data)).catch((error: unknown) => {
          if (!(error instanceof Problem) || error.status >= 500) throw error;
          // A row that was rejected has no record to point from.
          if (error.status !== 404) row.findings.push({ row: row.row, severity: 'note', field, problem: error.detail });
        });
      }),
    );
  }

  /** What tells that two rows are the same record; undefined where each row is one of its own. */
  private keyOf(row: Row): string | undefined {
    const { match, existing } = this.batch;
    const value = match && match !== 'id' && existing !== 'create' ? row.values[match] : undefined;
    return typeof value === 'string' ? this.own.columns.keys[match!]!.key(value) : undefined;
  }

  /** The id of the record that a row makes: rows with the same key make the same. */
  private derived(row: Row): string {
    return (row.makes ??= this.idOf(this.own.decider.kind, this.keyOf(row) ?? `row ${row.row}`));
  }

  private idOf(kind: string, key: string): string {
    return uuidV7From(Date.parse(this.batch.createdAt), `${this.batch.id}/${kind}/${key}`);
  }

  private since(): string | undefined {
    return this.batch.since ? startOfDay(this.batch.since, this.zone) : undefined;
  }

  private context(commandId: string, occurredAt?: string): RequestContext {
    return {
      tenant: this.tenant,
      actor: this.batch.startedBy!,
      permissions: this.permissions,
      commandId,
      idempotent: true,
      ...(occurredAt ? { occurredAt } : {}),
      correlationId: this.batch.id,
      causationId: this.batch.id,
      traceparent: '',
      lane: 'bulk',
      dryRun: this.dryRun,
    };
  }

  /** Rows are matched by views, which must have seen all that was there before. */
  private async caughtUp(): Promise<void> {
    const { heads, runtime } = this.setting;
    for (const head of await heads()) await runtime.freshness.until(head);
  }
}

/** The batch's own story is told by the process; whether its rows may be taken is asked of each command. */
const EVERYTHING: Permissions = { may: () => ({ all: true }), why: () => 'the batch itself', hidden: () => [] };

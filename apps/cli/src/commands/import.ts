import { openAsBlob, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Client } from '../client.ts';
import { EXIT, Fault } from '../fault.ts';
import type { Setting } from '../setting.ts';

type Counts = { created: number; updated: number; unchanged: number; skipped: number; rejected: number; noted: number };
type Finding = { row: number; column?: string; field?: string; severity: 'rejected' | 'note'; problem: string; hint?: string };
export type ImportPage = {
  id: string;
  status: string;
  rows: number;
  pass: number;
  row: number;
  counts: Counts;
  problem?: string;
  columns: { heading: string; field?: string }[];
  firstFindings: Finding[];
};

/** How a file is to be read and its rows to be taken: what the server is told of it. */
export type ImportHow = {
  charset?: string;
  label?: string;
  columns?: { heading: string; field?: string; times?: number }[];
  settings?: Record<string, unknown>;
};

export type ImportAsked = {
  map: [string, string][];
  times: [string, string][];
  set: [string, string][];
  match?: string;
  existing?: string;
  since?: string;
  dates?: string;
  decimal?: string;
  currency?: string;
  country?: string;
  charset?: string;
  dryRun?: boolean;
  rejected?: string;
};

/** Hears how far an import has come. */
export type Moved = (resource: string, row: number, rows: number) => void;

const POLL = 200;

/** Takes a file in, says what its columns are taken for, and runs it; a dry run stops before anything is recorded. */
export async function importCommand(setting: Setting, resource: string, file: string, asked: ImportAsked): Promise<void> {
  const client = setting.client();
  const { match, existing, since, dates, decimal, currency, country } = asked;
  const settings = Object.fromEntries(
    Object.entries({ match, existing, since, dates, decimal, currency, country }).filter(([, value]) => value !== undefined),
  );
  const columns = new Map<string, { heading: string; field?: string; times?: number }>();
  for (const [heading, field] of asked.map) columns.set(heading, { heading, ...(field ? { field } : {}) });
  const uploaded = await upload(client, resource, file, asked);
  for (const [heading, times] of asked.times) {
    const guessed = uploaded.columns.find((column) => column.heading === heading)?.field;
    columns.set(heading, { heading, ...(guessed ? { field: guessed } : {}), ...columns.get(heading), times: Number(times) });
  }
  const bar = setting.output.progress(`${asked.dryRun ? 'Checking' : 'Importing'} ${resource}`, 1);
  const moved: Moved = (_, row, rows) => bar.to(row, rows);
  const page = await taken(client, resource, uploaded.id, asked.dryRun === true, moved, {
    columns: [...columns.values()],
    settings: { ...settings, ...(asked.set.length > 0 ? { defaults: asked.set.map(([field, value]) => ({ field, value })) } : {}) },
  }).finally(() => bar.end());
  if (asked.rejected && page.counts.rejected > 0) {
    const answer = await client.raw('GET', `/${resource}/imports/${page.id}/rejected`);
    writeFileSync(asked.rejected, Buffer.from(await answer.arrayBuffer()), { mode: 0o600 });
  }
  await setting.output.answer(page, () => [
    ...page.columns.map(({ heading, field }) => `${heading} → ${field ?? '(left out)'}`),
    ...page.firstFindings.slice(0, 20).map(sentence),
    ...(page.firstFindings.length > 20 ? [`… GET /${resource}/imports/${page.id}/findings has all`] : []),
    summary(page, asked.dryRun === true),
    ...(asked.dryRun ? [] : [`Taken back whole by: rapport undo --import ${resource}/${page.id}`]),
  ]);
  if (page.status === 'failed' || page.counts.rejected > 0)
    throw new Fault(
      EXIT.findings,
      (page.problem ?? page.counts.rejected === 1) ? 'One row was rejected.' : `${page.counts.rejected} rows were rejected.`,
      {
        hint: asked.rejected ? `They are in ${asked.rejected}.` : 'Give --rejected FILE to have them as a file.',
      },
    );
}

/** The whole of an import by one call, for commands that know their files. */
export async function importFile(client: Client, resource: string, file: string, moved: Moved, how: ImportHow): Promise<ImportPage> {
  const { id } = await upload(client, resource, file, how);
  return taken(client, resource, id, false, moved, how);
}

async function upload(client: Client, resource: string, file: string, { charset, label }: ImportHow): Promise<ImportPage> {
  const body = await openAsBlob(file).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(EXIT.usage, `${file} cannot be read (${error.code ?? error.message}).`);
  });
  const answer = await client.raw('POST', `/${resource}/imports${label ? `?label=${encodeURIComponent(label)}` : ''}`, body, {
    'content-type': `text/csv${charset ? `; charset=${charset}` : ''}`,
  });
  return (await answer.json()) as ImportPage;
}

async function taken(client: Client, resource: string, id: string, dryRun: boolean, moved: Moved, how: ImportHow): Promise<ImportPage> {
  const at = `/${resource}/imports/${id}`;
  const patch = { ...how.settings, ...(how.columns?.length ? { columns: how.columns } : {}) };
  if (Object.keys(patch).length > 0) await client.send('PATCH', at, patch);
  await client.send('POST', `${at}/${dryRun ? 'check' : 'run'}`, {});
  for (;;) {
    const page = await client.send<ImportPage>('GET', at);
    moved(resource, page.row, page.rows);
    if (!['checking', 'running'].includes(page.status)) return page;
    await setTimeout(POLL);
  }
}

const sentence = ({ row, column, field, severity, problem, hint }: Finding) =>
  `row ${row}: ${column ?? field ?? ''} ${problem}${hint ? ` (${hint})` : ''}${severity === 'rejected' ? ' – rejected' : ''}`.replace(
    /: +/,
    ': ',
  );

export function summary({ rows, counts, status }: ImportPage, dryRun: boolean): string {
  const parts = (['created', 'updated', 'unchanged', 'skipped', 'rejected'] as const).filter((name) => counts[name] > 0);
  return `${status === 'failed' ? 'Failed' : dryRun ? 'Would come to' : 'Done'}: ${rows} rows, ${parts.map((name) => `${counts[name]} ${name}`).join(', ') || 'nothing taken'}.`;
}

import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import type { Paths, Schemas } from '../../api/schema.ts';
import { serviceOf } from '../../api/kinds.ts';
import { queryClient } from '../../queries/client.ts';
import type { Importable } from './importables.ts';

export type ImportPage = Schemas['ImportPage'];
export type ImportRow = Schemas['view.workspace.batch-row'];
export type Finding = Schemas['Finding'];
export type ImportPatch = Omit<Paths['/contacts/imports/{id}']['patch']['body'], never>;

const EVERY = 400;
const MOST_FINDINGS = 1_000;
export const isBusy = (status: string | undefined): boolean => status === 'checking' || status === 'running';
const kindsOf = ({ kind }: Importable) => [`${serviceOf(kind)}.batch`];

/** One import with all that its page shows. While it is at work it is asked for again and again. */
export const importQuery = (of: Importable, id: string) =>
  queryOptions({
    queryKey: ['import', of.resource, id],
    queryFn: ({ signal }) =>
      api.read<ImportPage>(`/${of.resource}/imports/${encodeURIComponent(id)}`, {}, { signal }).then(({ data }) => data),
    refetchInterval: ({ state }) => (isBusy(state.data?.status) ? EVERY : false),
    meta: { kinds: kindsOf(of), id },
  });

/** The imports of a kind, the newest first. */
export const importsQuery = (of: Importable) =>
  queryOptions({
    queryKey: ['imports', of.resource],
    queryFn: ({ signal }) =>
      api.read<ImportRow[]>(`/${of.resource}/imports`, { sort: '-createdAt', limit: 30 }, { signal }).then(({ data }) => data),
    meta: { kinds: kindsOf(of) },
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => isBusy(status)) ? 2_000 : false),
  });

/** Of which kind an import is, by its id alone. */
export const placeQuery = (among: readonly Importable[], id: string) =>
  queryOptions({
    queryKey: ['import-place', id],
    queryFn: async ({ signal }) => {
      const filter = `id eq ${JSON.stringify(id)}`;
      const found = await Promise.all(
        among.map((of) => api.read<ImportRow[]>(`/${of.resource}/imports`, { filter, limit: 1 }, { signal })),
      );
      return among[found.findIndex(({ data }) => data.length > 0)] ?? null;
    },
  });

/** The first thousand findings: more than that are told by the file alone. */
export const findingsQuery = (of: Importable, { id, status, findings }: Pick<ImportPage, 'id' | 'status' | 'findings'>) =>
  queryOptions({
    queryKey: ['import-findings', of.resource, id, status, findings],
    queryFn: ({ signal }) =>
      api
        .read<Finding[]>(`/${of.resource}/imports/${encodeURIComponent(id)}/findings`, { limit: MOST_FINDINGS }, { signal })
        .then(({ data }) => data),
    enabled: findings > 0 && !isBusy(status) && status !== 'expired',
  });

/** Takes a file in. @throws ApiProblem 400 when it cannot be read */
export async function takeFile(of: Importable, file: File, charset?: string): Promise<string> {
  const { data } = await api.send<Schemas['Accepted']>(
    'post',
    `/${of.resource}/imports?label=${encodeURIComponent(file.name.slice(0, 200))}`,
    file,
    {
      headers: { 'content-type': `text/csv${charset ? `; charset=${charset}` : ''}` },
    },
  );
  await queryClient.invalidateQueries({ queryKey: ['imports', of.resource] });
  return data.id;
}

/** Changes are sent one after the other: each is made of what the one before left. */
let sending: Promise<unknown> = Promise.resolve();

/** Changes how the rows are taken: shown at once, and gone back on when it is refused. */
export function changeImport(of: Importable, page: ImportPage, patch: ImportPatch): Promise<void> {
  const key = importQuery(of, page.id).queryKey;
  queryClient.setQueryData(key, (now: ImportPage | undefined) => now && { ...now, ...shownOf(now, patch), status: 'ready' as const });
  const work = sending.then(async () => {
    try {
      await api.send('patch', `/${of.resource}/imports/${encodeURIComponent(page.id)}`, patch);
    } finally {
      await queryClient.invalidateQueries({ queryKey: key });
    }
  });
  sending = work.catch(() => undefined);
  return work;
}

/** What a change comes to: columns that are not named stay, what is null goes. */
function shownOf(page: ImportPage, { columns, ...patch }: ImportPatch): Partial<ImportPage> {
  const changed =
    columns && page.columns.map((one) => (columns as ImportPage['columns']).find(({ heading }) => heading === one.heading) ?? one);
  const plain = Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, value ?? undefined]));
  return { ...plain, ...(changed ? { columns: changed } : {}) };
}

/** Begins a trial run or the import; it goes on by itself. */
export async function beginImport(of: Importable, id: string, what: 'check' | 'run' | 'cancel'): Promise<void> {
  await sending;
  await api.send('post', `/${of.resource}/imports/${encodeURIComponent(id)}/${what}`, {});
  await queryClient.invalidateQueries({ queryKey: importQuery(of, id).queryKey });
}

import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../api/api.ts';
import { isKind, resourceOf, type Kind } from '../api/kinds.ts';
import type { Schemas } from '../api/schema.ts';
import { batched, idIn } from './batched.ts';
import { useMay } from './me.ts';

export type Import = Schemas['view.contacts.batch-row'];

/** Kinds that files are loaded into. */
const LOADED = new Set<string>(['contacts.contact', 'contacts.account', 'sales.opportunity', 'sales.product', 'workspace.user']);
const MOST = 50;

const importOf = batched(async (kind: Kind, ids) => {
  const { data } = await api.read<Import[]>(`/${resourceOf(kind)}/imports`, { filter: idIn(ids), limit: MOST });
  return new Map(data.map((one) => [one.id, one]));
}, MOST);

/** The import that an event came by: everything it did carries its id as correlation. Null where it was none, or may not be seen. */
export function useImportOf(kind: string, correlation: string | undefined): Import | null | undefined {
  const may = useMay();
  const possible = correlation !== undefined && isKind(kind) && LOADED.has(kind) && may('import', kind);
  return useQuery(
    queryOptions({
      queryKey: ['import-of', kind, correlation],
      queryFn: async () => (await importOf(kind as Kind, correlation!)) ?? null,
      enabled: possible,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  ).data;
}

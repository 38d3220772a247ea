import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/api.ts';
import { resourceOf, type Doc, type Kind } from '../api/kinds.ts';

/** One record with the revision it is at, which an edit is meant for. */
export const recordQuery = <K extends Kind>(kind: K, id: string) =>
  queryOptions({
    queryKey: ['record', kind, id],
    queryFn: async ({ signal }) => {
      const { data, revision } = await api.read<Doc<K>>(`/${resourceOf(kind)}/${encodeURIComponent(id)}`, {}, { signal });
      return { doc: data, revision };
    },
    meta: { kinds: [kind], id },
  });

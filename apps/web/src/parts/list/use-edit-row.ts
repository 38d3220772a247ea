import type { InfiniteData } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { resourceOf, serviceOf, type Kind } from '../../api/kinds.ts';
import { ApiProblem } from '../../api/problem.ts';
import { queryClient } from '../../queries/client.ts';
import { useActs } from '../../shell/use-acts.ts';

/** Somebody else has changed the field since it was shown. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
  readonly now: unknown;
  readonly mine: unknown;
  constructor(now: unknown, mine: unknown) {
    super('changed meanwhile');
    this.now = now;
    this.mine = mine;
  }
}

type Row = { id: string; name: string };

/**
 * Changes one field of a record in a list: shown at once, and put back where it is refused. The change is meant for the record as it was shown; where
 * somebody else has changed that field since, neither is lost.
 *
 * @param said the notice of what was done
 * @throws ChangedMeanwhile, ApiProblem
 */
export function useEditRow(kind: Kind, said: (field: string, name: string) => string) {
  const acts = useActs();
  return async (row: Row, field: string, value: unknown): Promise<void> => {
    const before = (row as Record<string, unknown>)[field];
    const path = `/${resourceOf(kind)}/${row.id}`;
    patchLists(kind, row.id, { [field]: value ?? undefined });
    try {
      const { data: now, revision } = await api.read<Record<string, unknown>>(path);
      if (JSON.stringify(now[field]) !== JSON.stringify(before)) throw new ChangedMeanwhile(now[field], value);
      await acts.perform(
        serviceOf(kind),
        (act) => api.send('patch', path, { [field]: value }, { act, ifMatch: revision }),
        () => said(field, row.name),
      );
    } catch (error) {
      patchLists(kind, row.id, { [field]: error instanceof ChangedMeanwhile ? error.now : before });
      throw error instanceof ApiProblem && error.status === 412 ? new ChangedMeanwhile(before, value) : error;
    }
  };
}

type Pages = InfiniteData<{ items: Row[]; next?: string }>;

function patchLists(kind: Kind, id: string, patch: Record<string, unknown>): void {
  queryClient.setQueriesData<Pages>(
    { queryKey: ['list', kind] },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({ ...page, items: page.items.map((row) => (row.id === id ? { ...row, ...patch } : row)) })),
      },
  );
}

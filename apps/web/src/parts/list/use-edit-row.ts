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
const ATTEMPTS = 5;

/**
 * Sends the change of one field, meant for the record as it was shown. Where somebody else has changed another field, or is just about to be seen, the record
 * is read again.
 *
 * @param shown the field as it was when its editor opened
 * @param send on the revision that was read
 * @throws ChangedMeanwhile when the field is another now, ApiProblem
 */
export async function changeShown(
  { shown, value }: { shown: unknown; value: unknown },
  read: () => Promise<{ now: unknown; revision: number | undefined }>,
  send: (revision: number | undefined) => Promise<unknown>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { now, revision } = await read();
    if (JSON.stringify(now) !== JSON.stringify(shown)) throw new ChangedMeanwhile(now, value);
    try {
      return void (await send(revision));
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412 || attempt === ATTEMPTS) throw error;
    }
  }
}

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
      await changeShown(
        { shown: before, value },
        async () => {
          const { data, revision } = await api.read<Record<string, unknown>>(path);
          return { now: data[field], revision };
        },
        (revision) =>
          acts.perform(
            serviceOf(kind),
            (act) => api.send('patch', path, { [field]: value }, { act, ifMatch: revision }),
            () => said(field, row.name),
          ),
      );
    } catch (error) {
      patchLists(kind, row.id, { [field]: error instanceof ChangedMeanwhile ? error.now : before });
      throw error;
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

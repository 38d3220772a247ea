import type { InfiniteData } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import type { Contact } from '../../api/kinds.ts';
import { ApiProblem } from '../../api/problem.ts';
import { queryClient } from '../../queries/client.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useContactTexts } from '../../texts/contacts/index.ts';
import { useFieldTexts } from '../../parts/filter/use-sentence.tsx';

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

type Field = keyof Contact & string;

/**
 * Changes one field of a contact: shown at once, and put back where it is refused. The change is meant for the record as it was shown; where somebody
 * else has changed that field since, neither is lost.
 *
 * @throws ChangedMeanwhile, ApiProblem
 */
export function useEditContact() {
  const [t, acts, fieldOf] = [useContactTexts(), useActs(), useFieldTexts()];
  return async (row: Contact, field: string, value: unknown): Promise<void> => {
    const before = row[field as Field];
    patchLists(row.id, { [field]: value ?? undefined });
    try {
      const { data: now, revision } = await api.get('/contacts/{id}', { params: { id: row.id } });
      if (JSON.stringify(now[field as Field]) !== JSON.stringify(before)) throw new ChangedMeanwhile(now[field as Field], value);
      await acts.perform(
        'contacts',
        (act) => api.patch('/contacts/{id}', { params: { id: row.id }, body: { [field]: value }, act, ifMatch: revision }),
        () => t('fieldChanged', { field: fieldOf(field), name: row.name }),
      );
    } catch (error) {
      patchLists(row.id, { [field]: error instanceof ChangedMeanwhile ? error.now : before });
      throw error instanceof ApiProblem && error.status === 412 ? new ChangedMeanwhile(before, value) : error;
    }
  };
}

type Pages = InfiniteData<{ items: Contact[]; next?: string }>;

function patchLists(id: string, patch: Record<string, unknown>): void {
  queryClient.setQueriesData<Pages>(
    { queryKey: ['list', 'contacts.contact'] },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({ ...page, items: page.items.map((row) => (row.id === id ? { ...row, ...patch } : row)) })),
      },
  );
}

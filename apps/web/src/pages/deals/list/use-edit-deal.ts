import { api } from '../../../api/api.ts';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { ChangedMeanwhile, changeShown } from '../../../parts/list/use-edit-row.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { patchDeal } from '../deal-caches.ts';
import type { Deal } from '../deal.ts';
import { useDealActs } from '../use-deal-acts.ts';
import { useStage } from '../use-pipelines.ts';

/**
 * Changes one field of a deal, meant for the deal as it was shown: where somebody else has changed that field since, neither is lost. A stage is moved to,
 * everything else is changed.
 *
 * @throws ChangedMeanwhile, ApiProblem
 */
export function useEditDeal(): (row: Deal, field: string, value: unknown) => Promise<void> {
  const [t, fieldOf, acts, stageOf] = [useDealTexts(), useFieldTexts(), useDealActs(), useStage()];
  return async (row, field, value) => {
    const stage = field === 'stageId' ? stageOf(String(value)) : undefined;
    try {
      await changeShown(
        { shown: row[field as keyof Deal], value },
        async () => {
          const { data, revision } = await api.get('/opportunities/{id}', { params: { id: row.id } });
          return { now: data[field as keyof Deal], revision };
        },
        (revision) =>
          stage
            ? acts.move(row, stage)
            : acts.change(row, { [field]: value }, t('fieldChanged', { field: fieldOf(field), name: row.name }), revision),
      );
    } catch (error) {
      if (error instanceof ChangedMeanwhile) patchDeal(row, { [field]: error.now });
      throw error;
    }
  };
}

import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { ChangedMeanwhile } from '../../../parts/list/use-edit-row.ts';
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
    const shown = row[field as keyof Deal];
    const { data: now, revision } = await api.get('/opportunities/{id}', { params: { id: row.id } });
    const current = now[field as keyof Deal];
    if (JSON.stringify(current) !== JSON.stringify(shown)) {
      patchDeal(row, { [field]: current });
      throw new ChangedMeanwhile(current, value);
    }
    if (field === 'stageId') {
      const stage = stageOf(String(value));
      if (stage) await acts.move(row, stage);
      return;
    }
    try {
      await acts.change(row, { [field]: value }, t('fieldChanged', { field: fieldOf(field), name: row.name }), revision);
    } catch (error) {
      throw error instanceof ApiProblem && error.status === 412 ? new ChangedMeanwhile(shown, value) : error;
    }
  };
}

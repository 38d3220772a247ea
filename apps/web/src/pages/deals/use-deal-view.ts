import { useMemo } from 'react';
import { salesOpportunityRow } from '../../api/fields.ts';
import type { View } from '../../api/field-kinds.ts';
import type { Pipeline } from './deal.ts';

/** What deals can be filtered by: their fields, with the stages of these pipelines by name, and the products they consist of. */
export function useDealView(pipelines: readonly Pipeline[]): View {
  return useMemo(() => {
    const stages = pipelines.flatMap((pipeline) =>
      pipeline.stages.map(({ stageId, name }) => [stageId, pipelines.length > 1 ? `${pipeline.name}: ${name}` : name] as const),
    );
    const { worth: _, ...fields } = salesOpportunityRow.fields;
    return {
      search: salesOpportunityRow.search,
      fields: {
        ...fields,
        stageId: { kind: 'choice', options: stages.map(([id]) => id), labels: Object.fromEntries(stages), filter: true },
        'lines.productId': { kind: 'refs', of: 'sales.product', filter: true },
      },
    };
  }, [pipelines]);
}

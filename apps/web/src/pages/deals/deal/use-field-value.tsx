import type { ReactNode } from 'react';
import { salesOpportunityRow } from '../../../api/fields.ts';
import type { Field } from '../../../api/field-kinds.ts';
import type { Money } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { RecordName } from '../../../parts/record-name.tsx';
import { useStage } from '../use-pipelines.ts';

const FIELDS: Readonly<Record<string, Field>> = salesOpportunityRow.fields;

/** A value of a deal's field as it is written; undefined where there is none. */
export function useFieldValue(): (field: string, value: unknown) => ReactNode {
  const [format, usual, stageOf] = [useFormat(), useUsualCurrency(), useStage()];
  return (field, value) => {
    if (value === undefined || value === null || value === '') return undefined;
    const of = FIELDS[field];
    if (field === 'stageId') return <bdi>{stageOf(String(value))?.name}</bdi>;
    if (of?.kind === 'ref') return <RecordName kind={of.of} id={String(value)} plain={of.of === 'workspace.user'} />;
    if (of?.kind === 'money') return format.money(value as Money, usual);
    if (of?.kind === 'day') return format.day(String(value));
    if (of?.kind === 'instant') return format.date(String(value));
    if (of?.kind === 'bag')
      return (
        <bdi>
          {Object.entries(value as object)
            .map(([name, one]) => `${name}: ${String(one)}`)
            .join(', ')}
        </bdi>
      );
    return <bdi>{String(value)}</bdi>;
  };
}

import type { ReactNode } from 'react';
import type { Field } from '../../api/field-kinds.ts';
import { useDayZone, useFormat } from '../../format/use-format.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { useRecordTexts } from '../../texts/records/index.ts';
import type records from '../../texts/records/en.ts';
import { RecordName } from '../record-name.tsx';
import { dayOf, needsValue, type Condition, type Op } from './filter.ts';

type Key = keyof typeof records;

/** What a field is called; one that has no word of ours keeps the name the API gives it. */
export function useFieldTexts(): (field: string) => string {
  const t = useRecordTexts();
  return (field) => t.find(`field_${field}` as Key) ?? field;
}

/** What a choice is called. */
export function useValueTexts(): (value: string) => string {
  const t = useRecordTexts();
  return (value) => t.find(`value_${value}` as Key) ?? value;
}

export function useOpTexts(): (op: Op) => string {
  const t = usePartTexts();
  const words: Record<Op, string> = {
    is: t('opIs'),
    isNot: t('opIsNot'),
    anyOf: t('opAnyOf'),
    starts: t('opStarts'),
    more: t('opMore'),
    less: t('opLess'),
    before: t('opBefore'),
    after: t('opAfter'),
    has: t('opHas'),
    hasNot: t('opHasNot'),
    empty: t('opEmpty'),
    filled: t('opFilled'),
  };
  return (op) => words[op];
}

/** A condition as the words of its sentence: field, comparison, value. */
export function useSentence(): (condition: Condition, field: Field | undefined) => ReactNode[] {
  const [t, format, zone] = [usePartTexts(), useFormat(), useDayZone()];
  const [fieldOf, valueOf, opOf] = [useFieldTexts(), useValueTexts(), useOpTexts()];
  const shown = (value: unknown, field: Field | undefined): ReactNode => {
    if (field?.kind === 'ref' || field?.kind === 'refs') return <RecordName kind={field.of} id={String(value)} plain />;
    if (field?.kind === 'choice') return field.labels?.[String(value)] ?? valueOf(String(value));
    if (field?.kind === 'flag') return value ? t('yes') : t('no');
    if (field?.kind === 'day' || field?.kind === 'instant') return format.day(dayOf(value, zone));
    if (typeof value === 'number') return format.number(value);
    return <bdi>{String(value ?? '…')}</bdi>;
  };
  return ({ field: name, op, value }, field) => [
    fieldOf(name),
    opOf(op),
    ...(needsValue(op)
      ? [
          Array.isArray(value)
            ? value.map((one: string, at) => (
                <span key={one}>
                  {at > 0 ? ', ' : ''}
                  {shown(one, field)}
                </span>
              ))
            : shown(value, field),
        ]
      : []),
  ];
}

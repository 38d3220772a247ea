import { ActionIcon, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Field } from '../../api/field-kinds.ts';
import { isKind } from '../../api/kinds.ts';
import { startOfDay } from '../../format/days.ts';
import { useDayZone } from '../../format/use-format.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { RecordPicker } from '../fields/record-picker.tsx';
import { Icon } from '../icon.tsx';
import { dayOf, isGroup, needsValue, opsOf, type Condition, type Filter, type Value } from './filter.ts';
import css from './filter.module.css';
import { useFieldTexts, useOpTexts, useValueTexts } from './use-sentence.tsx';

/** Their lists belong to the builder: a click there is not a click beside it. */
const INSIDE = { withinPortal: false };

type Fields = Readonly<Record<string, Field>>;

/** Conditions one below the other, and groups of which any must hold. */
export function FilterBuilder({
  fields,
  filter,
  onFilter,
  children,
}: {
  fields: Fields;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  children: ReactNode;
}) {
  const t = usePartTexts();
  const [first] = Object.keys(fields);
  const fresh = (): Condition => ({ field: first!, op: opsOf(fields[first!]!)[0]! });
  const put = (at: number, part: Filter[number] | undefined) => onFilter(part ? filter.with(at, part) : filter.toSpliced(at, 1));
  return (
    <div className={css.builder}>
      {filter.map((part, at) => {
        const joint = at === 0 ? t('where') : t('and');
        if (!isGroup(part))
          // oxlint-disable-next-line react/no-array-index-key -- conditions have nothing but their place
          return (
            <Line
              key={at}
              joint={joint}
              fields={fields}
              condition={part}
              onChange={(next) => put(at, next)}
              onRemove={() => put(at, undefined)}
            />
          );
        const any = (next: readonly Condition[]) => put(at, next.length > 0 ? { any: next } : undefined);
        return (
          // oxlint-disable-next-line react/no-array-index-key -- groups have nothing but their place
          <div key={at} className={css.group} role="group" aria-label={t('anyOf')}>
            <span className="sm muted">
              {joint} {t('anyOf')}
            </span>
            {part.any.map((condition, place) => (
              <Line
                // oxlint-disable-next-line react/no-array-index-key -- conditions have nothing but their place
                key={place}
                joint={place === 0 ? '' : t('or')}
                fields={fields}
                condition={condition}
                onChange={(next) => any(part.any.with(place, next))}
                onRemove={() => any(part.any.toSpliced(place, 1))}
              />
            ))}
            <div className={css.acts}>
              <button type="button" className="link sm" onClick={() => any([...part.any, fresh()])}>
                {t('addToGroup')}
              </button>
            </div>
          </div>
        );
      })}
      <div className={css.acts}>
        <button type="button" className="link sm" data-autofocus onClick={() => onFilter([...filter, fresh()])}>
          {t('addCondition')}
        </button>
        <button type="button" className="link sm" onClick={() => onFilter([...filter, { any: [fresh(), fresh()] }])}>
          {t('addGroup')}
        </button>
      </div>
      <div className={css.foot}>{children}</div>
    </div>
  );
}

function Line({
  joint,
  fields,
  condition,
  onChange,
  onRemove,
}: {
  joint: string;
  fields: Fields;
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}) {
  const t = usePartTexts();
  const [fieldOf, opOf] = [useFieldTexts(), useOpTexts()];
  const field = fields[condition.field];
  const ops = field ? opsOf(field) : [condition.op];
  return (
    <div className={css.line}>
      <span className={css.joint}>{joint}</span>
      <Select
        comboboxProps={INSIDE}
        aria-label={t('fieldIs')}
        data={Object.keys(fields).map((name) => ({ value: name, label: fieldOf(name) }))}
        value={condition.field}
        allowDeselect={false}
        searchable
        onChange={(name) => name && onChange({ field: name, op: opsOf(fields[name]!)[0]! })}
      />
      <Select
        comboboxProps={INSIDE}
        aria-label={t('conditionIs')}
        data={ops.map((op) => ({ value: op, label: opOf(op) }))}
        value={condition.op}
        allowDeselect={false}
        onChange={(op) => op && onChange({ ...condition, op: op as Condition['op'], value: undefined })}
      />
      {needsValue(condition.op) && field ? (
        <ValueField field={field} condition={condition} onChange={(value) => onChange({ ...condition, value })} />
      ) : (
        <span />
      )}
      <ActionIcon aria-label={t('filterRemove', { condition: fieldOf(condition.field) })} onClick={onRemove}>
        <Icon name="x" size="s" />
      </ActionIcon>
    </div>
  );
}

function ValueField({
  field,
  condition: { op, value },
  onChange,
}: {
  field: Field;
  condition: Condition;
  onChange: (value: Value) => void;
}) {
  const [t, zone] = [usePartTexts(), useDayZone()];
  const valueOf = useValueTexts();
  const label = t('valueIs');
  if (field.kind === 'choice') {
    const data = field.options.map((option) => ({ value: option, label: field.labels?.[option] ?? valueOf(option) }));
    return op === 'anyOf' ? (
      <MultiSelect
        comboboxProps={INSIDE}
        aria-label={label}
        data={data}
        value={[...((value as string[] | undefined) ?? [])]}
        onChange={onChange}
      />
    ) : (
      <Select
        comboboxProps={INSIDE}
        aria-label={label}
        data={data}
        value={(value as string | undefined) ?? null}
        onChange={(chosen) => onChange(chosen ?? undefined)}
      />
    );
  }
  if ((field.kind === 'ref' || field.kind === 'refs') && isKind(field.of)) {
    const ids = Array.isArray(value) ? (value as string[]) : [];
    return (
      <RecordPicker
        withinPortal={false}
        kind={field.of}
        ariaLabel={label}
        value={op === 'anyOf' ? ids.at(-1) : (value as string | undefined)}
        onChange={(id) => onChange(op === 'anyOf' && id ? [...new Set([...ids, id])] : id)}
      />
    );
  }
  if (field.kind === 'flag')
    return (
      <Select
        comboboxProps={INSIDE}
        aria-label={label}
        data={[
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
        value={value === undefined ? null : String(value)}
        onChange={(chosen) => onChange(chosen === null ? undefined : chosen === 'true')}
      />
    );
  if (field.kind === 'number')
    return (
      <NumberInput
        aria-label={label}
        value={(value as number | undefined) ?? ''}
        hideControls
        onChange={(typed) => onChange(typed === '' ? undefined : Number(typed))}
      />
    );
  if (field.kind === 'day' || field.kind === 'instant')
    return (
      <TextInput
        type="date"
        aria-label={label}
        value={dayOf(value, zone)}
        onChange={({ currentTarget: { value: day } }) =>
          onChange(day === '' ? undefined : field.kind === 'instant' ? new Date(startOfDay(day, zone)).toISOString() : day)
        }
      />
    );
  return <TextInput aria-label={label} dir="auto" value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />;
}

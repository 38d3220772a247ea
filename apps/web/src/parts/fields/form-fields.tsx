import { ActionIcon, Button, Input, Select, TextInput } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { usePartTexts } from '../../texts/parts/index.ts';
import { Icon } from '../icon.tsx';

type Labelled<V> = { label: ReactNode; value: V; onChange: (value: V) => void; error?: ReactNode; description?: ReactNode };

/** A business day, by the browser's own calendar. */
export function DayField({ label, value, onChange, error, description }: Labelled<string | undefined>) {
  return (
    <TextInput
      type="date"
      label={label}
      error={error}
      description={description}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}

export type Money = { amount: string; currency: string };

/** What of a typed text is an amount; a comma is taken for a point. */
export const amountTyped = (text: string): string => text.replace(',', '.').replaceAll(/[^\d.-]/g, '');

/** An amount and its currency. The amount is text, so that it stays exact; a comma is taken for a point. */
export function MoneyField({
  label,
  value,
  onChange,
  error,
  description,
  currencies,
  ariaLabel,
}: Omit<Labelled<Money | undefined>, 'label'> & { label?: ReactNode; ariaLabel?: string; currencies: readonly string[] }) {
  const t = usePartTexts();
  const id = useId();
  const [chosen, setChosen] = useState<string>();
  const currency = value?.currency ?? chosen ?? currencies[0] ?? 'USD';
  const all = [...new Set([currency, ...currencies])];
  return (
    <Input.Wrapper label={label} error={error} description={description} id={id}>
      <div className="row">
        <Input
          id={id}
          className="grow"
          aria-label={ariaLabel}
          inputMode="decimal"
          dir="ltr"
          error={!!error}
          value={value?.amount ?? ''}
          onChange={(event) => {
            const amount = amountTyped(event.currentTarget.value);
            onChange(amount === '' ? undefined : { amount, currency });
          }}
          rightSectionWidth={56}
          rightSection={all.length > 1 ? undefined : <span className="xs muted">{currency}</span>}
        />
        {all.length > 1 && (
          <Select
            aria-label={t('currency')}
            w={96}
            data={all}
            value={currency}
            allowDeselect={false}
            onChange={(next) => {
              if (!next) return;
              setChosen(next);
              if (value) onChange({ ...value, currency: next });
            }}
          />
        )}
      </div>
    </Input.Wrapper>
  );
}

const KINDS = { email: ['work', 'home', 'other'], phone: ['work', 'mobile', 'home', 'fax', 'other'] } as const;
export type Channel = { type?: string; primary?: boolean };

/** Ways to reach somebody, each of a kind; the first is the primary one unless another is chosen. `of`: which, and under which name its value stands. */
export function ChannelsField<C extends Channel>({
  label,
  value,
  onChange,
  error,
  of,
}: Labelled<readonly C[]> & { of: 'email' | 'phone' }) {
  const t = usePartTexts();
  const member = of === 'email' ? 'address' : 'number';
  const change = (at: number, patch: Partial<Record<string, unknown>>) =>
    onChange(value.map((one, place) => (place === at ? { ...one, ...patch } : one)));
  const words = { work: t('work'), home: t('homeKind'), mobile: t('mobile'), fax: t('fax'), other: t('other') };
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'grid', gap: 6, minWidth: 0 }}>
      <legend className="sm medium" style={{ padding: 0, marginBottom: 4 }}>
        {label}
      </legend>
      {value.map((one, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- channels have no id, and keep their places while they are edited
        <div key={at} className="row">
          <TextInput
            className="grow"
            dir="ltr"
            type={of === 'email' ? 'email' : 'tel'}
            aria-label={t(member)}
            value={String((one as Record<string, unknown>)[member] ?? '')}
            onChange={(event) => change(at, { [member]: event.currentTarget.value })}
          />
          <Select
            w={110}
            aria-label={t('kindOf')}
            data={KINDS[of].map((kind) => ({ value: kind, label: words[kind] }))}
            value={one.type ?? 'work'}
            allowDeselect={false}
            onChange={(type) => change(at, { type })}
          />
          <ActionIcon aria-label={t('remove')} onClick={() => onChange(value.filter((_, place) => place !== at))}>
            <Icon name="x" size="s" />
          </ActionIcon>
        </div>
      ))}
      {error && <span className="xs attn">{error}</span>}
      <div>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<Icon name="plus" size="s" />}
          onClick={() => onChange([...value, { [member]: '', type: 'work' } as unknown as C])}
        >
          {t('add')}
        </Button>
      </div>
    </fieldset>
  );
}

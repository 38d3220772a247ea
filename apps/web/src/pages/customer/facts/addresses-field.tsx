import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { Icon } from '../../../parts/icon.tsx';
import { useDisplayNames } from '../../../parts/history/field-value.tsx';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import css from '../customer.module.css';
import { COUNTRIES } from '../../../parts/fields/codes.ts';

const TYPES = ['work', 'home', 'billing', 'shipping', 'other'] as const;
const LINES = ['street', 'postalCode', 'city', 'region'] as const;
export type Address = { type?: (typeof TYPES)[number]; primary?: boolean } & Partial<Record<(typeof LINES)[number] | 'country', string>>;

/** Postal addresses, line by line. */
export function AddressesField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: readonly Address[];
  onChange: (value: readonly Address[]) => void;
}) {
  const [t, parts, nameOf] = [useCustomerTexts(), usePartTexts(), useDisplayNames()];
  const change = (at: number, patch: Partial<Address>) => onChange(value.map((one, place) => (place === at ? { ...one, ...patch } : one)));
  const words = { work: parts('work'), home: parts('homeKind'), billing: t('billing'), shipping: t('shipping'), other: parts('other') };
  const countries = COUNTRIES.map((code) => ({ value: code, label: nameOf('region', code) })).sort((a, b) =>
    a.label.localeCompare(b.label),
  );
  return (
    <fieldset className={css.addresses}>
      <legend className="sr">{label}</legend>
      {value.map((one, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- addresses have no id, and keep their places while they are edited
        <div key={at} className={css.address}>
          <div className="row">
            <Select
              className="grow"
              aria-label={parts('kindOf')}
              data={TYPES.map((type) => ({ value: type, label: words[type] }))}
              value={one.type ?? 'work'}
              allowDeselect={false}
              onChange={(type) => change(at, { type: type as Address['type'] })}
            />
            <ActionIcon aria-label={parts('remove')} onClick={() => onChange(value.filter((_, place) => place !== at))}>
              <Icon name="x" size="s" />
            </ActionIcon>
          </div>
          {LINES.map((line) => (
            <TextInput
              key={line}
              dir="auto"
              aria-label={t(`line_${line}`)}
              placeholder={t(`line_${line}`)}
              value={one[line] ?? ''}
              onChange={(event) => change(at, { [line]: event.currentTarget.value || undefined })}
            />
          ))}
          <Select
            searchable
            clearable
            clearButtonProps={{ 'aria-label': parts('clear') }}
            aria-label={t('line_country')}
            placeholder={t('line_country')}
            data={countries}
            limit={60}
            value={one.country ?? null}
            onChange={(country) => change(at, { country: country ?? undefined })}
          />
        </div>
      ))}
      <div>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<Icon name="plus" size="s" />}
          onClick={() => onChange([...value, { type: 'work' }])}
        >
          {parts('add')}
        </Button>
      </div>
    </fieldset>
  );
}

import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { DayField } from '../../parts/fields/form-fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Segments } from '../../parts/segments.tsx';
import { useSettings } from '../../queries/me.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useImportTexts } from '../../texts/import/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { changeImport, isBusy, type ImportPage, type ImportPatch } from './import-queries.ts';
import { DAYS, MONEY, PHONES, type Importable } from './importables.ts';
import css from './import.module.css';
import { useFieldNames } from './use-field-names.ts';

const NOTHING = '-';

/** How rows become records: what tells one that is there, how days and amounts are written, what every row shares. */
export function RuleCard({ of, page }: { of: Importable; page: ImportPage }) {
  const [t, acts, nameOf, settings] = [useImportTexts(), useActs(), useFieldNames(page.fields), useSettings()];
  const change = (patch: ImportPatch) => void changeImport(of, page, patch).catch(acts.refused);
  const mapped = new Set(page.columns.map(({ field }) => field));
  const has = (fields: readonly string[]) => fields.some((field) => mapped.has(field));
  const keys = ['id', ...page.fields.filter(({ key }) => key).map(({ field }) => field)].filter((field) => mapped.has(field));
  const missing = page.fields.filter(
    ({ field, required }) => required && !mapped.has(field) && !page.defaults.some((one) => one.field === field),
  );
  return (
    <Card title={t('rule')}>
      <fieldset className={css.form} disabled={isBusy(page.status)} style={{ border: 0, margin: 0, padding: 0 }}>
        {missing.map(({ field }) => (
          <p key={field} className="attn sm" role="alert">
            <strong>{t('needed', { field: nameOf(field) })}</strong> {t('neededHint')}
          </p>
        ))}
        <Select
          label={t('sameRecord')}
          data={[...keys.map((value) => ({ value, label: nameOf(value) })), { value: NOTHING, label: t('everyNew') }]}
          value={page.match ?? NOTHING}
          allowDeselect={false}
          onChange={(match) => change({ match: match === NOTHING ? null : match })}
        />
        {page.match !== undefined && (
          <div className={css.field}>
            <span className={css.legend}>{t('existing')}</span>
            <Segments
              label={t('existing')}
              value={page.existing}
              onChange={(existing) => change({ existing })}
              options={[
                { value: 'update', label: t('existingUpdate') },
                { value: 'skip', label: t('existingSkip') },
                { value: 'create', label: t('existingCreate') },
              ]}
            />
          </div>
        )}
        {has(DAYS) && (
          <Select
            label={t('datesAre')}
            data={[
              { value: NOTHING, label: t('datesIso') },
              { value: 'dmy', label: t('datesDmy') },
              { value: 'mdy', label: t('datesMdy') },
            ]}
            value={page.dates ?? NOTHING}
            allowDeselect={false}
            onChange={(dates) => change({ dates: dates === 'dmy' || dates === 'mdy' ? dates : null })}
          />
        )}
        {has(MONEY) && (
          <div className={css.pair}>
            <Select
              label={t('decimalIs')}
              data={[
                { value: '.', label: '1,200.50' },
                { value: ',', label: '1.200,50' },
              ]}
              value={page.decimal}
              allowDeselect={false}
              onChange={(decimal) => (decimal === '.' || decimal === ',') && change({ decimal })}
            />
            <Coded
              key={page.currency}
              label={t('currencyIs')}
              hint={settings?.currency}
              length={3}
              value={page.currency}
              onChange={(currency) => change({ currency })}
            />
          </div>
        )}
        {has(PHONES) && (
          <Coded
            key={page.country}
            label={t('countryIs')}
            description={t('countryHint')}
            length={2}
            value={page.country}
            onChange={(country) => change({ country })}
          />
        )}
        {of.resource !== 'opportunities' && (
          <DayField
            label={t('since')}
            description={t('sinceHint')}
            value={page.since}
            onChange={(since) => change({ since: since ?? null })}
          />
        )}
        <ForAll page={page} onChange={change} />
      </fieldset>
    </Card>
  );
}

/** A code of so many capital letters; kept when it is whole, or gone. */
function Coded({
  label,
  description,
  hint,
  length,
  value,
  onChange,
}: {
  label: string;
  description?: string;
  hint?: string;
  length: number;
  value: string | undefined;
  onChange: (value: string | null) => void;
}) {
  const [typed, setTyped] = useState(value ?? '');
  const keep = () => {
    if (typed === (value ?? '')) return;
    if (typed.length === length) onChange(typed);
    else if (typed === '') onChange(null);
    else setTyped(value ?? '');
  };
  return (
    <TextInput
      label={label}
      description={description}
      placeholder={hint}
      dir="ltr"
      maxLength={length}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value.toUpperCase().replaceAll(/[^A-Z]/g, ''))}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  );
}

/** Values that every row gets where it says nothing. */
function ForAll({ page, onChange }: { page: ImportPage; onChange: (patch: ImportPatch) => void }) {
  const [t, parts, nameOf] = [useImportTexts(), usePartTexts(), useFieldNames(page.fields)];
  const [adding, setAdding] = useState<{ field?: string; value: string }>();
  const given = page.defaults;
  const free = page.fields.filter(({ field }) => !given.some((one) => one.field === field));
  const add = () => {
    if (adding?.field && adding.value.trim() !== '')
      onChange({ defaults: [...given, { field: adding.field, value: adding.value.trim() }] });
    setAdding(undefined);
  };
  return (
    <fieldset className={css.field}>
      <legend>{t('forAll')}</legend>
      <p className="muted xs">{t('forAllHint')}</p>
      {given.map(({ field, value }) => (
        <div key={field} className={css.given}>
          <span className="muted">{nameOf(field)}</span>
          <bdi className="ellipsis">{value}</bdi>
          <ActionIcon
            aria-label={`${parts('remove')}: ${nameOf(field)}`}
            onClick={() => onChange({ defaults: given.filter((one) => one.field !== field) })}
          >
            <Icon name="x" size="s" />
          </ActionIcon>
        </div>
      ))}
      {adding ? (
        <div className={css.given}>
          <Select
            aria-label={t('fieldIs')}
            placeholder={t('fieldIs')}
            searchable
            data={free.map(({ field }) => ({ value: field, label: nameOf(field) }))}
            value={adding.field ?? null}
            onChange={(field) => setAdding({ ...adding, field: field ?? undefined })}
          />
          <TextInput
            aria-label={t('valueIs')}
            placeholder={t('valueIs')}
            dir="auto"
            maxLength={1_000}
            value={adding.value}
            onChange={(event) => setAdding({ ...adding, value: event.currentTarget.value })}
            onKeyDown={(event) => event.key === 'Enter' && add()}
          />
          <ActionIcon aria-label={parts('add')} onClick={add}>
            <Icon name="check" size="s" />
          </ActionIcon>
        </div>
      ) : (
        <Button variant="subtle" size="xs" leftSection={<Icon name="plus" size="s" />} onClick={() => setAdding({ value: '' })}>
          {t('addForAll')}
        </Button>
      )}
    </fieldset>
  );
}

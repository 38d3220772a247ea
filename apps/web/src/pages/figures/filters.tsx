import { Button, Popover, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../../format/use-format.ts';
import { DayField } from '../../parts/fields/form-fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Segments } from '../../parts/segments.tsx';
import { someQuery } from '../../queries/lists.ts';
import { useMay } from '../../queries/me.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import type { FiguresSearch, Span } from './figures-search.ts';
import css from './figures.module.css';

const MOST = 200;
const YEARS = 2;
type Change = (patch: FiguresSearch) => void;

/** Which days, whose, of what; and as of when. All of it is in the address. */
export function Filters({
  search,
  span,
  years,
  currencies,
  currency,
  onChange,
}: {
  search: FiguresSearch;
  span: Span;
  years: readonly string[];
  currencies: readonly string[];
  currency: string;
  onChange: Change;
}) {
  const t = useFiguresTexts();
  const shown = [...new Set([...years.slice(-YEARS), ...(/^\d{4}$/.test(span.period) ? [span.period] : [])])].sort();
  return (
    <div className={css.filters}>
      <Segments
        label={t('period')}
        value={span.period}
        onChange={(period) => onChange({ period, from: undefined, to: undefined })}
        options={[
          { value: 'quarter', label: t('thisQuarter') },
          ...shown.map((year) => ({ value: year, label: year })),
          { value: 'all', label: t('allTime') },
        ]}
      />
      <OtherPeriod span={span} onChange={onChange} />
      <Only kind="workspace.team" label={t('team')} all={t('allTeams')} value={search.team} onChange={(team) => onChange({ team })} />
      <Only
        kind="sales.product"
        label={t('product')}
        all={t('allProducts')}
        value={search.product}
        onChange={(product) => onChange({ product })}
      />
      <Only kind="workspace.user" label={t('owner')} all={t('allOwners')} value={search.owner} onChange={(owner) => onChange({ owner })} />
      {currencies.length > 1 && (
        <Segments
          label={t('currency')}
          value={currency}
          onChange={(chosen) => onChange({ currency: chosen })}
          options={currencies.map((value) => ({ value, label: value }))}
        />
      )}
      <AsOf at={search.at} onChange={onChange} />
    </div>
  );
}

/** One of the records of a kind, or all of them. Whoever may not see them is not asked. */
function Only({
  kind,
  label,
  all,
  value,
  onChange,
}: {
  kind: 'workspace.team' | 'sales.product' | 'workspace.user';
  label: string;
  all: string;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const may = useMay();
  const allowed = may('read', kind);
  const { data = [] } = useQuery({ ...someQuery(kind, { sort: 'name' }, MOST), enabled: allowed });
  if (!allowed || (data.length === 0 && !value)) return null;
  return (
    <Select
      className={css.only}
      aria-label={label}
      placeholder={all}
      data={data.map(({ id, name }) => ({ value: id, label: name }))}
      value={value ?? null}
      searchable
      clearable
      onChange={(id) => onChange(id ?? undefined)}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}

/** From one day to another, both of them in it. */
function OtherPeriod({ span, onChange }: { span: Span; onChange: Change }) {
  const [t, format] = [useFiguresTexts(), useFormat()];
  const [opened, setOpened] = useState(false);
  const [days, setDays] = useState<{ from?: string; to?: string }>({});
  const own = span.period === 'other' || span.period.includes('-');
  const text = own ? [span.from, span.to].map((day) => (day ? format.day(day, 'auto') : '…')).join(' – ') : t('otherPeriod');
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          variant={own ? 'default' : 'subtle'}
          aria-expanded={opened}
          onClick={() => {
            setDays({ from: span.from, to: span.to });
            setOpened(!opened);
          }}
        >
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('otherPeriod')}>
        <form
          className={css.days}
          onSubmit={(event) => {
            event.preventDefault();
            setOpened(false);
            if (days.from || days.to) onChange({ period: undefined, ...days });
          }}
        >
          <DayField label={t('from')} value={days.from} onChange={(from) => setDays({ ...days, from })} />
          <DayField label={t('to')} value={days.to} onChange={(to) => setDays({ ...days, to })} />
          <Button type="submit" variant="filled">
            {t('show')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The day as of which the figures are shown. */
function AsOf({ at, onChange }: { at: string | undefined; onChange: Change }) {
  const [t, format] = [useFiguresTexts(), useFormat()];
  const [opened, setOpened] = useState(false);
  useShortcuts([{ keys: 'KeyT', run: () => setOpened(true), says: t('asOfKey') }]);
  return (
    <span className={css.asOf}>
      <span className="muted sm">{t('asOf')}</span>
      <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus>
        <Popover.Target>
          <Button leftSection={<Icon name="calendar" />} aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {at ? format.day(at, 'auto') : t('today')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('asOf')}>
          <div className={css.days}>
            <DayField label={t('asOf')} description={t('asOfHint')} value={at} onChange={(day) => onChange({ at: day })} />
          </div>
        </Popover.Dropdown>
      </Popover>
    </span>
  );
}

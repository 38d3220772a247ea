import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../api/api.ts';
import type { Schemas } from '../../api/schema.ts';
import { useFormat } from '../../format/use-format.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { queryClient } from '../../queries/client.ts';
import { settingsQuery, useMay } from '../../queries/me.ts';
import { useSettingsTexts } from '../../texts/settings/index.ts';
import { countries, currencies, languages, zones } from './locale-lists.ts';
import { SavingActs, SavingNotice, useSaving } from './use-saving.tsx';
import { SettingsPage } from './settings-page.tsx';
import css from './settings.module.css';

export const route = createLazyRoute('/shell/settings/company')({ component: Company });

type Settings = Schemas['view.workspace.tenant-row'];
type Shown = { doc: Settings; revision: number | undefined };
const read = async (): Promise<Shown> => {
  const { data, revision } = await api.get('/settings', {});
  return { doc: data, revision };
};

/** What the company's records are read by unless they say otherwise. */
function Company() {
  const t = useSettingsTexts();
  const { data, error, refetch } = useQuery({ queryKey: ['settings', 'whole'], queryFn: read, meta: { kinds: ['workspace.tenant'] } });
  return (
    <SettingsPage title={t('company')} about={t('companyAbout')}>
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : (
        <div className={css.panel}>{data ? <Form shown={data} /> : <Skeleton widths={[40, 40, 40, 40]} height={32} />}</div>
      )}
    </SettingsPage>
  );
}

function Form({ shown }: { shown: Shown }) {
  const [t, format, may] = [useSettingsTexts(), useFormat(), useMay()];
  const lists = useMemo(
    () => ({
      zones: zones(shown.doc.zone),
      currencies: currencies(t.language),
      countries: countries(t.language),
      languages: languages(t.language),
    }),
    [t.language, shown.doc.zone],
  );
  const saving = useSaving<Settings>({
    shown,
    service: 'workspace',
    read,
    send: (changes, act, ifMatch) => api.send('patch', '/settings', changes, { act, ifMatch }),
    said: () => t('savedAll'),
    done: async () => {
      await queryClient.invalidateQueries({ queryKey: settingsQuery.queryKey });
    },
  });
  const { value, set, problem } = saving;
  const labels: Record<string, string> = {
    name: t('companyName'),
    zone: t('zone'),
    currency: t('currency'),
    country: t('country'),
    languages: t('languages'),
  };
  const there = new Intl.DateTimeFormat(format.locale, { timeZone: value.zone, hour: '2-digit', minute: '2-digit' }).format(new Date());
  const readOnly = !may('manage', 'workspace.tenant');
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (value.name.trim() && value.languages.length > 0) void saving.save();
      }}
    >
      <SavingNotice saving={saving} label={(field) => labels[field] ?? field} show={(_, one) => <bdi>{String(one)}</bdi>} />
      <TextInput
        label={t('companyName')}
        description={t('companyNameHint')}
        dir="auto"
        maxLength={200}
        readOnly={readOnly}
        value={value.name}
        error={value.name.trim() === '' ? t('nameMissing') : problem?.of('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Select
        label={t('zone')}
        description={
          <>
            {t('companyZoneHint')} {t('now', { time: there })}
          </>
        }
        data={lists.zones}
        searchable
        limit={60}
        allowDeselect={false}
        readOnly={readOnly}
        value={value.zone}
        error={problem?.of('zone')}
        onChange={(zone) => zone && set({ zone })}
      />
      <Select
        label={t('currency')}
        description={t('currencyHint')}
        data={lists.currencies}
        searchable
        limit={60}
        allowDeselect={false}
        readOnly={readOnly}
        value={value.currency}
        error={problem?.of('currency')}
        onChange={(currency) => currency && set({ currency })}
      />
      <Select
        label={t('country')}
        description={t('countryHint')}
        data={lists.countries}
        searchable
        limit={60}
        allowDeselect={false}
        readOnly={readOnly}
        value={value.country}
        error={problem?.of('country')}
        onChange={(country) => country && set({ country })}
      />
      <MultiSelect
        label={t('languages')}
        description={t('languagesHint')}
        data={[...lists.languages, ...value.languages.filter((one) => one.length > 2).map((one) => ({ value: one, label: one }))]}
        searchable
        limit={60}
        readOnly={readOnly}
        value={value.languages}
        error={value.languages.length === 0 ? t('chooseOne') : problem?.of('languages')}
        onChange={(chosen) => set({ languages: chosen })}
      />
      {!readOnly && <SavingActs saving={saving} />}
    </form>
  );
}

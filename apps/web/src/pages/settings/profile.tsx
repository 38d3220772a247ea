import { Select, Switch, TextInput } from '@mantine/core';
import { createLazyRoute } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { api } from '../../api/api.ts';
import type { User } from '../../api/kinds.ts';
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { Segments } from '../../parts/segments.tsx';
import { queryClient } from '../../queries/client.ts';
import { meQuery, useHolds, useMay, useMe } from '../../queries/me.ts';
import { LANGUAGE_NAMES } from '../../shell/language-names.ts';
import { changeLanguage } from '../../texts/area.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { useSettingsTexts } from '../../texts/settings/index.ts';
import { LANGUAGES, setLook, type Language } from '../../theme/look.ts';
import { useLook } from '../../theme/use-look.ts';
import { zones } from './locale-lists.ts';
import { SavingActs, SavingNotice, useSaving } from './use-saving.tsx';
import { SettingsPage } from './settings-page.tsx';
import css from './settings.module.css';

export const route = createLazyRoute('/shell/settings/profile')({ component: Profile });

/** What is one's own: of the account, and of this device. */
function Profile() {
  const [t, me] = [useSettingsTexts(), useMe()];
  return (
    <SettingsPage title={t('profile')} about={t('profileAbout')}>
      {me.user && (
        <Card title={t('you')} count={t('youHint')}>
          <Account user={me.user} />
        </Card>
      )}
      <Card title={t('device')} count={t('deviceHint')}>
        <Device />
      </Card>
    </SettingsPage>
  );
}

type Own = Pick<User, 'name' | 'zone'>;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

function Account({ user }: { user: User }) {
  const [t, parts, may, holds] = [useSettingsTexts(), usePartTexts(), useMay(), useHolds()];
  const lists = useMemo(() => zones(user.zone), [user.zone]);
  const saving = useSaving<Own>({
    shown: { doc: { name: user.name, zone: user.zone }, revision: undefined },
    service: 'workspace',
    read: () => Promise.reject(new Error('nothing is meant for a revision here')),
    send: (changes, act) => api.send('patch', '/me', changes, { act }),
    said: () => t('profileSaved'),
    done: async () => {
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: ['name', 'workspace.user', user.id] });
    },
  });
  const { value, set, problem } = saving;
  const readOnly = !may('profile', 'workspace.user');
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (value.name.trim()) void saving.save();
      }}
    >
      <SavingNotice saving={saving} label={(field) => field} show={(_, one) => String(one)} />
      <TextInput
        label={t('yourName')}
        dir="auto"
        maxLength={200}
        autoComplete="name"
        readOnly={readOnly}
        value={value.name}
        error={value.name.trim() === '' ? t('nameMissing') : problem?.of('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {user.email && <TextInput label={t('yourEmail')} description={t('yourEmailHint')} dir="ltr" readOnly value={user.email} />}
      <Select
        label={t('zone')}
        description={t('yourZoneHint')}
        placeholder={t('asDevice', { zone: here.replaceAll('_', ' ') })}
        data={lists}
        searchable
        clearable
        limit={60}
        readOnly={readOnly}
        value={value.zone ?? null}
        error={problem?.of('zone')}
        onChange={(zone) => set({ zone: zone ?? undefined })}
        clearButtonProps={{ 'aria-label': parts('clear') }}
      />
      {holds('read', 'workspace.role') && user.roleIds.length > 0 && (
        <div>
          <div className="sm medium">{t('yourRoles')}</div>
          <div className="row wrap" style={{ marginTop: 6 }}>
            {user.roleIds.map((id) => (
              <Badge key={id} tone="line">
                <RecordName kind="workspace.role" id={id} plain />
              </Badge>
            ))}
          </div>
        </div>
      )}
      {!readOnly && <SavingActs saving={saving} />}
    </form>
  );
}

/** Shown at once, kept on this device. The language is also told to the account, for the next device. */
function Device() {
  const [t, look, may] = [useSettingsTexts(), useLook(), useMay()];
  const speak = async (language: Language) => {
    await changeLanguage(language);
    if (may('profile', 'workspace.user'))
      await api.patch('/me', { body: { language } }).then(
        () => queryClient.invalidateQueries({ queryKey: meQuery.queryKey }),
        () => undefined, // the pages speak it all the same
      );
  };
  return (
    <div className={css.form}>
      <Line label={t('language')}>
        <Select
          aria-label={t('language')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={t.language}
          allowDeselect={false}
          onChange={(language) => void speak(language as Language)}
        />
      </Line>
      <Line label={t('scheme')}>
        <Segments
          label={t('scheme')}
          value={look.scheme ?? 'system'}
          onChange={(scheme) => setLook({ scheme })}
          options={[
            { value: 'light', label: t('light') },
            { value: 'dark', label: t('dark') },
            { value: 'system', label: t('asSystem') },
          ]}
        />
      </Line>
      <Line label={t('density')}>
        <Segments
          label={t('density')}
          value={look.density ?? 'regular'}
          onChange={(density) => setLook({ density })}
          options={[
            { value: 'compact', label: t('compact') },
            { value: 'regular', label: t('regular') },
            { value: 'roomy', label: t('roomy') },
          ]}
        />
      </Line>
      <Switch
        label={t('letters')}
        description={t('lettersHint')}
        checked={look.letters !== false}
        onChange={(event) => setLook({ letters: event.currentTarget.checked })}
      />
      <Switch
        label={t('toastsStay')}
        description={t('toastsStayHint')}
        checked={look.toastsStay === true}
        onChange={(event) => setLook({ toastsStay: event.currentTarget.checked })}
      />
    </div>
  );
}

const Line = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={css.line}>
    <span className="sm medium">{label}</span>
    {children}
  </div>
);

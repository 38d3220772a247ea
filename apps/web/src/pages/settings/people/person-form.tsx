import { Select, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { api } from '../../../api/api.ts';
import type { User } from '../../../api/kinds.ts';
import { refresh } from '../../../queries/refresh.ts';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { FieldValue } from '../../../parts/history/field-value.tsx';
import { useMay } from '../../../queries/me.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import { languages, zones } from '../locale-lists.ts';
import css from '../settings.module.css';
import { SavingActs, SavingNotice, useSaving } from '../use-saving.tsx';

const KIND = 'workspace.user';
/** Who somebody is, where they work, and how another system knows them. */
export function PersonForm({ user, revision }: { user: User; revision: number | undefined }) {
  const [t, parts, fieldOf, may] = [usePeopleTexts(), usePartTexts(), useFieldTexts(), useMay()];
  const lists = useMemo(() => ({ zones: zones(user.zone), languages: languages(t.language) }), [user.zone, t.language]);
  const saving = useSaving<User>({
    shown: { doc: user, revision },
    service: 'workspace',
    read: async () => {
      const answer = await api.get('/users/{id}', { params: { id: user.id } });
      return { doc: answer.data, revision: answer.revision };
    },
    send: (changes, act, ifMatch) => api.send('patch', `/users/${user.id}`, changes, { act, ifMatch }),
    said: () => t('changed', { name: user.name }),
    done: () => refresh('workspace.user'),
  });
  const { value, set, problem } = saving;
  const readOnly = !may('manage', KIND);
  const text = (field: 'name' | 'email' | 'externalId', further: object = {}) => (
    <TextInput
      label={fieldOf(field)}
      readOnly={readOnly}
      value={value[field] ?? ''}
      error={field === 'name' && value.name.trim() === '' ? t('nameMissing') : problem?.of(field)}
      onChange={(event) => set({ [field]: field === 'name' ? event.currentTarget.value : event.currentTarget.value || undefined })}
      {...further}
    />
  );
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (value.name.trim()) void saving.save();
      }}
    >
      <SavingNotice saving={saving} label={fieldOf} show={(field, one) => <FieldValue kind={KIND} field={field} value={one} plain />} />
      {text('name', { dir: 'auto', maxLength: 200 })}
      {text('email', { type: 'email', dir: 'ltr', description: t('emailHint') })}
      <RecordPicker
        kind="workspace.team"
        label={fieldOf('teamId')}
        description={t('teamHint')}
        value={value.teamId}
        clearable
        readOnly={readOnly}
        error={problem?.of('teamId')}
        onChange={(teamId) => set({ teamId })}
      />
      <RecordPicker
        kind={KIND}
        label={fieldOf('managerId')}
        description={t('managerHint')}
        value={value.managerId}
        clearable
        readOnly={readOnly}
        error={problem?.of('managerId')}
        onChange={(managerId) => set({ managerId })}
      />
      <div className={css.two}>
        <Select
          label={fieldOf('language')}
          data={lists.languages}
          searchable
          clearable
          limit={60}
          readOnly={readOnly}
          value={value.language ?? null}
          error={problem?.of('language')}
          clearButtonProps={{ 'aria-label': parts('clear') }}
          onChange={(language) => set({ language: language ?? undefined })}
        />
        <Select
          label={fieldOf('zone')}
          data={lists.zones}
          searchable
          clearable
          limit={60}
          readOnly={readOnly}
          value={value.zone ?? null}
          error={problem?.of('zone')}
          clearButtonProps={{ 'aria-label': parts('clear') }}
          onChange={(zone) => set({ zone: zone ?? undefined })}
        />
      </div>
      {text('externalId', { maxLength: 100, description: t('externalHint') })}
      {!readOnly && <SavingActs saving={saving} />}
    </form>
  );
}

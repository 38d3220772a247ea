import { Checkbox, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { Schemas } from '../../../api/schema.ts';
import { refresh } from '../../../queries/refresh.ts';
import { FormDrawer } from '../../../parts/form-drawer.tsx';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { useActs } from '../../../shell/use-acts.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import css from '../settings.module.css';
import { LinkShown, useInvite, type Made } from './invitation.tsx';
import { RoleChecks } from './role-checks.tsx';

type Form = Schemas['workspace.CreateUser'];
const EMPTY: Form = { name: '' };

/** Adds somebody who works here, and makes the link by which they come in. Save is always active, and explains. */
export function NewPerson({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [t, fieldOf, acts] = [usePeopleTexts(), useFieldTexts(), useActs()];
  const invite = useInvite();
  const navigate = useNavigate();
  const [form, setForm] = useState<Form>(EMPTY);
  const [link, setLink] = useState(true);
  const [error, setError] = useState<unknown>();
  const [made, setMade] = useState<Made>();
  const set = (patch: Partial<Form>) => setForm((now) => ({ ...now, ...patch }));
  const problem = error instanceof ApiProblem ? error : undefined;
  const close = () => {
    setForm(EMPTY);
    setError(undefined);
    setMade(undefined);
    onClose();
  };
  const save = async () => {
    const name = form.name.trim();
    if (!name) return setError('nameless');
    setError(undefined);
    const body = { ...form, name, email: form.email?.trim() || undefined };
    try {
      const { data } = await acts.perform(
        'workspace',
        (act) => api.post('/users', { body, act }),
        () => t('made', { name }),
      );
      await refresh('workspace.user');
      const shown = link && body.email ? await invite({ id: data.id, name }) : undefined;
      if (shown) return setMade(shown);
      close();
      return void navigate({ to: '/settings/people/$id', params: { id: data.id } });
    } catch (refused) {
      return setError(refused);
    }
  };
  return (
    <FormDrawer
      opened={opened}
      title={made ? t('linkTitle', { name: made.name }) : t('new')}
      error={error}
      onSave={save}
      onClose={close}
      instead={made && <LinkShown made={made} />}
    >
      <TextInput
        label={fieldOf('name')}
        data-autofocus
        dir="auto"
        maxLength={200}
        value={form.name}
        error={error === 'nameless' ? t('nameMissing') : problem?.of('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={fieldOf('email')}
        description={t('emailHint')}
        type="email"
        dir="ltr"
        value={form.email ?? ''}
        error={problem?.of('email')}
        onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <RecordPicker
        kind="workspace.team"
        label={fieldOf('teamId')}
        value={form.teamId}
        clearable
        error={problem?.of('teamId')}
        onChange={(teamId) => set({ teamId })}
      />
      <RecordPicker
        kind="workspace.user"
        label={fieldOf('managerId')}
        value={form.managerId}
        clearable
        error={problem?.of('managerId')}
        onChange={(managerId) => set({ managerId })}
      />
      <fieldset className={css.fieldset}>
        <legend>{t('rolesTitle')}</legend>
        <RoleChecks
          value={form.roleIds ?? []}
          onToggle={(id, on) => set({ roleIds: on ? [...(form.roleIds ?? []), id] : (form.roleIds ?? []).filter((one) => one !== id) })}
        />
      </fieldset>
      <Checkbox label={t('linkNow')} checked={link} onChange={(event) => setLink(event.currentTarget.checked)} />
    </FormDrawer>
  );
}

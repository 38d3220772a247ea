import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Schemas } from '../../api/schema.ts';
import { FormDrawer } from '../../parts/form-drawer.tsx';
import { COUNTRIES, SECTORS } from '../../parts/fields/codes.ts';
import { ChannelsField } from '../../parts/fields/form-fields.tsx';
import { RecordPicker } from '../../parts/fields/record-picker.tsx';
import { useFieldTexts, useValueTexts } from '../../parts/filter/use-sentence.tsx';
import { useDisplayNames } from '../../parts/history/field-value.tsx';
import { queryClient } from '../../queries/client.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useAccountTexts } from '../../texts/accounts/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';

type Form = Schemas['contacts.CreateAccount'];
const EMPTY: Form = { name: '' };

/** Makes a company, in a drawer beside the list. Save is always active, and explains. */
export function NewAccount({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [t, parts, acts] = [useAccountTexts(), usePartTexts(), useActs()];
  const [fieldOf, valueOf, nameOf] = [useFieldTexts(), useValueTexts(), useDisplayNames()];
  const [form, setForm] = useState<Form>(EMPTY);
  const [error, setError] = useState<unknown>();
  const set = (patch: Partial<Form>) => setForm((now) => ({ ...now, ...patch }));
  const problem = error instanceof ApiProblem ? error : undefined;
  const close = () => {
    setForm(EMPTY);
    setError(undefined);
    onClose();
  };
  const save = async () => {
    const name = form.name.trim();
    if (name === '') return setError('nameless');
    const phones = form.phones?.filter(({ number }) => number.trim() !== '');
    const emails = form.emails?.filter(({ address }) => address.trim() !== '');
    const body = { ...form, name, website: form.website?.trim() || undefined, phones, emails };
    try {
      await acts.perform(
        'contacts',
        (act) => api.post('/accounts', { body, act }),
        () => t('made', { name }),
      );
    } catch (refused) {
      return setError(refused);
    }
    await queryClient.invalidateQueries({ queryKey: ['list', 'contacts.account'] });
    return close();
  };
  return (
    <FormDrawer opened={opened} title={t('new')} error={error} onSave={save} onClose={close}>
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
        label={fieldOf('website')}
        dir="ltr"
        maxLength={300}
        value={form.website ?? ''}
        error={problem?.of('website')}
        onChange={(event) => set({ website: event.currentTarget.value || undefined })}
      />
      <Select
        label={fieldOf('sector')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': parts('clear') }}
        data={SECTORS.map((value) => ({ value, label: valueOf(value) }))}
        value={form.sector ?? null}
        onChange={(sector) => set({ sector: sector ?? undefined })}
      />
      <Select
        label={fieldOf('country')}
        searchable
        clearable
        limit={60}
        clearButtonProps={{ 'aria-label': parts('clear') }}
        data={COUNTRIES.map((value) => ({ value, label: nameOf('region', value) })).sort((a, b) => a.label.localeCompare(b.label))}
        value={form.country ?? null}
        error={problem?.of('country')}
        onChange={(country) => set({ country: country ?? undefined })}
      />
      <ChannelsField
        of="phone"
        label={fieldOf('phones')}
        value={form.phones ?? []}
        error={problem?.of('phones')}
        onChange={(phones) => set({ phones: [...phones] })}
      />
      <ChannelsField
        of="email"
        label={fieldOf('emails')}
        value={form.emails ?? []}
        error={problem?.of('emails')}
        onChange={(emails) => set({ emails: [...emails] })}
      />
      <RecordPicker
        kind="contacts.account"
        label={fieldOf('parentId')}
        value={form.parentId}
        clearable
        error={problem?.of('parentId')}
        onChange={(parentId) => set({ parentId })}
      />
      <RecordPicker
        kind="workspace.user"
        label={fieldOf('ownerId')}
        value={form.ownerId}
        clearable
        error={problem?.of('ownerId')}
        onChange={(ownerId) => set({ ownerId })}
      />
    </FormDrawer>
  );
}

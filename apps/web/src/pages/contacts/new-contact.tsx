import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Schemas } from '../../api/schema.ts';
import { FormDrawer } from '../../parts/form-drawer.tsx';
import { ChannelsField } from '../../parts/fields/form-fields.tsx';
import { RecordPicker } from '../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../parts/filter/use-sentence.tsx';
import { queryClient } from '../../queries/client.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useContactTexts } from '../../texts/contacts/index.ts';

type Form = Schemas['contacts.CreateContact'];

/** Makes a contact, in a drawer beside the list, or beside the account it is to work at. Save is always active, and explains. */
export function NewContact({ opened, onClose, accountId }: { opened: boolean; onClose: () => void; accountId?: string }) {
  const empty: Form = { name: '', ...(accountId ? { accountId } : {}) };
  const [t, fieldOf, acts] = [useContactTexts(), useFieldTexts(), useActs()];
  const [form, setForm] = useState<Form>(empty);
  const [error, setError] = useState<unknown>();
  const set = (patch: Partial<Form>) => setForm((now) => ({ ...now, ...patch }));
  const problem = error instanceof ApiProblem ? error : undefined;
  const missing = error === 'nameless' ? t('nameMissing') : undefined;
  const close = () => {
    setForm(empty);
    setError(undefined);
    onClose();
  };
  const save = async () => {
    const emails = form.emails?.filter(({ address }) => address.trim() !== '');
    const phones = form.phones?.filter(({ number }) => number.trim() !== '');
    const name = form.name?.trim();
    if (!name && !emails?.length && !phones?.length) return setError('nameless');
    const body = { ...form, name: name || undefined, jobTitle: form.jobTitle?.trim() || undefined, emails, phones };
    try {
      await acts.perform(
        'contacts',
        (act) => api.post('/contacts', { body, act }),
        () => t('made', { name: name || emails?.[0]?.address || phones?.[0]?.number || '' }),
      );
    } catch (refused) {
      return setError(refused);
    }
    await queryClient.invalidateQueries({ queryKey: ['list', 'contacts.contact'] });
    return close();
  };
  return (
    <FormDrawer opened={opened} title={t('new')} error={error} onSave={save} onClose={close}>
      <TextInput
        label={fieldOf('name')}
        data-autofocus
        dir="auto"
        maxLength={200}
        value={form.name ?? ''}
        error={missing ?? problem?.of('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={fieldOf('jobTitle')}
        dir="auto"
        maxLength={150}
        value={form.jobTitle ?? ''}
        error={problem?.of('jobTitle')}
        onChange={(event) => set({ jobTitle: event.currentTarget.value })}
      />
      <RecordPicker
        kind="contacts.account"
        label={fieldOf('accountId')}
        value={form.accountId}
        clearable
        error={problem?.of('accountId')}
        onChange={(accountId) => set({ accountId })}
      />
      <ChannelsField
        of="email"
        label={fieldOf('emails')}
        value={form.emails ?? []}
        error={problem?.of('emails')}
        onChange={(emails) => set({ emails: [...emails] })}
      />
      <ChannelsField
        of="phone"
        label={fieldOf('phones')}
        value={form.phones ?? []}
        error={problem?.of('phones')}
        onChange={(phones) => set({ phones: [...phones] })}
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

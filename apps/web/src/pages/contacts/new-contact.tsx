import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Schemas } from '../../api/schema.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { ChannelsField } from '../../parts/fields/form-fields.tsx';
import { RecordPicker } from '../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../parts/filter/use-sentence.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { queryClient } from '../../queries/client.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useContactTexts } from '../../texts/contacts/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';

type Form = Schemas['contacts.CreateContact'];

/** Makes a contact, in a drawer beside the list, or beside the account it is to work at. Save is always active, and explains. */
export function NewContact({ opened, onClose, accountId }: { opened: boolean; onClose: () => void; accountId?: string }) {
  const empty: Form = { name: '', ...(accountId ? { accountId } : {}) };
  const [t, parts, fieldOf, acts] = [useContactTexts(), usePartTexts(), useFieldTexts(), useActs()];
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
    <Drawer
      opened={opened}
      onClose={close}
      title={t('new')}
      foot={
        <>
          <Button type="submit" form="new-contact" variant="filled">
            {parts('save')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {parts('cancel')}
          </Button>
        </>
      }
    >
      <form
        id="new-contact"
        noValidate
        style={{ display: 'grid', gap: 16 }}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {problem && problem.fields.length === 0 && <ProblemNotice error={problem} />}
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
      </form>
    </Drawer>
  );
}

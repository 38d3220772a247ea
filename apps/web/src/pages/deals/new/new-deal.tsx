import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { Schemas } from '../../../api/schema.ts';
import { useUsualCurrency } from '../../../format/use-format.ts';
import { FormDrawer } from '../../../parts/form-drawer.tsx';
import { DayField, MoneyField } from '../../../parts/fields/form-fields.tsx';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { recordQuery } from '../../../queries/records.ts';
import { useHidden } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { askAgain } from '../deal-caches.ts';
import { DEALS } from '../deal.ts';
import { useCurrencies } from '../use-currencies.ts';
import { usePipeline, usePipelines } from '../use-pipelines.ts';
import { closeNewDeal, useNewDeal, type NewDealOf } from './open.ts';

type Form = Partial<Schemas['sales.OpenOpportunity']>;

/** Makes a deal, in a drawer beside whatever page; see open.ts. Save is always active, and explains. */
export function NewDeal() {
  const of = useNewDeal();
  // Another thing it begins with is another form.
  return of ? <Drawn key={JSON.stringify(of)} of={of} /> : null;
}

function Drawn({ of }: { of: NewDealOf }) {
  const [t, fieldOf, acts, hidden] = [useDealTexts(), useFieldTexts(), useActs(), useHidden(DEALS)];
  const navigate = useNavigate();
  const usual = useUsualCurrency();
  const currencies = useCurrencies();
  const pipelines = usePipelines();
  const likely = usePipeline(of.pipelineId);
  const [form, setForm] = useState<Form>(of);
  const [error, setError] = useState<unknown>();
  const set = (patch: Form) => setForm((now) => ({ ...now, ...patch }));
  const pipeline = pipelines.find(({ id }) => id === form.pipelineId) ?? likely;
  const stages = pipeline?.stages.filter(({ retired }) => !retired) ?? [];
  const problem = error instanceof ApiProblem ? error : undefined;
  // A deal of a person is of the company that person works for, until somebody says otherwise.
  const { data: contact } = useQuery({ ...recordQuery('contacts.contact', form.contactId ?? ''), enabled: !!form.contactId });
  const accountId = 'accountId' in form ? form.accountId : contact?.doc.accountId;

  const save = async (open: boolean) => {
    const name = form.name?.trim();
    if (!name) return setError('nameless');
    if (!pipeline) return setError('pipelineless');
    const body = { ...form, name, pipelineId: pipeline.id, accountId, note: form.note?.trim() || undefined };
    try {
      const { data } = await acts.perform(
        'sales',
        (act) => api.post('/opportunities', { body, act }),
        () => t('made', { name }),
      );
      closeNewDeal();
      await askAgain();
      if (open) await navigate({ to: '/deals/$id', params: { id: data.id } });
      return undefined;
    } catch (refused) {
      return setError(refused);
    }
  };
  return (
    <FormDrawer
      opened
      title={t('new')}
      error={error}
      onSave={() => save(false)}
      onClose={closeNewDeal}
      further={
        <Button variant="default" onClick={() => void save(true)}>
          {t('saveAndOpen')}
        </Button>
      }
    >
      <TextInput
        label={fieldOf('name')}
        placeholder={t('namePlaceholder')}
        data-autofocus
        dir="auto"
        maxLength={200}
        value={form.name ?? ''}
        error={error === 'nameless' ? t('nameMissing') : problem?.of('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <RecordPicker
        kind="contacts.account"
        label={fieldOf('accountId')}
        value={accountId}
        clearable
        error={problem?.of('accountId')}
        onChange={(id) => set({ accountId: id })}
      />
      <RecordPicker
        kind="contacts.contact"
        label={fieldOf('contactId')}
        value={form.contactId}
        clearable
        error={problem?.of('contactId')}
        onChange={(contactId) => set({ contactId })}
      />
      {!hidden.includes('value') && (
        <MoneyField
          label={fieldOf('value')}
          description={t('valueHint')}
          value={form.value}
          error={problem?.of('value')}
          currencies={[...new Set([usual ?? 'USD', ...currencies])]}
          onChange={(value) => set({ value })}
        />
      )}
      {pipelines.length > 1 && (
        <Select
          label={fieldOf('pipelineId')}
          data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
          value={pipeline?.id ?? null}
          allowDeselect={false}
          error={error === 'pipelineless' ? t('pipelineMissing') : problem?.of('pipelineId')}
          onChange={(id) => id && set({ pipelineId: id, stageId: undefined })}
        />
      )}
      <Select
        label={fieldOf('stageId')}
        data={stages.map(({ stageId, name }) => ({ value: stageId, label: name }))}
        value={form.stageId ?? stages[0]?.stageId ?? null}
        allowDeselect={false}
        error={problem?.of('stageId')}
        onChange={(stageId) => set({ stageId: stageId ?? undefined })}
      />
      <DayField
        label={fieldOf('expectedCloseOn')}
        value={form.expectedCloseOn}
        error={problem?.of('expectedCloseOn')}
        onChange={(expectedCloseOn) => set({ expectedCloseOn })}
      />
      <RecordPicker
        kind="workspace.user"
        label={fieldOf('ownerId')}
        placeholder={t('ownerYou')}
        value={form.ownerId}
        clearable
        error={problem?.of('ownerId')}
        onChange={(ownerId) => set({ ownerId })}
      />
      <Textarea
        label={fieldOf('note')}
        dir="auto"
        autosize
        minRows={3}
        maxRows={8}
        maxLength={10_000}
        value={form.note ?? ''}
        error={problem?.of('note')}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </FormDrawer>
  );
}

import { Button, Menu, Modal, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { contactsContactCard } from '../../api/fields.ts';
import { nameOnce } from '../../queries/names.ts';
import { RecordPicker } from '../../parts/fields/record-picker.tsx';
import { useFieldTexts, useValueTexts } from '../../parts/filter/use-sentence.tsx';
import { ASKS_BEYOND, exportList, idsOf, runBulk } from '../../parts/list/bulk.ts';
import { BarAct, SelectionBar } from '../../parts/table/selection-bar.tsx';
import type { Selection } from '../../parts/table/selection.ts';
import { queryClient } from '../../queries/client.ts';
import type { Asked } from '../../queries/lists.ts';
import { useMay } from '../../queries/me.ts';
import { note } from '../../shell/notice-list.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useContactTexts } from '../../texts/contacts/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { FRAME } from '../../theme/theme.ts';

const KIND = 'contacts.contact';
type Props = { selection: Selection; asked: Asked; count: string; onAll: () => void; onClear: () => void };
/** What is about to be done to more records than are done without asking. */
type Pending = { n: number; go: () => void };
type Editable = 'jobTitle' | 'source' | 'lifecycleStage' | 'tags' | 'accountId';
const EDITABLE: readonly Editable[] = ['lifecycleStage', 'accountId', 'tags', 'jobTitle', 'source'];

/** What can be done with many contacts at once: at once, with a way back; only beyond a thousand it asks first. */
export function BulkActs({ selection, asked, count, onAll, onClear }: Props) {
  const [t, parts, may, acts, nameOf] = [useContactTexts(), usePartTexts(), useMay(), useActs(), nameOnce];
  const fieldOf = useFieldTexts();
  const [owner, setOwner] = useState(false);
  const [field, setField] = useState<Editable>();
  const [pending, setPending] = useState<Pending>();
  const n = selection.all ? Number.parseInt(count, 10) : selection.ids.size;

  const run = async (ids: readonly string[], command: string, data: object, said: (n: number) => string) => {
    const outcome = await acts.attempt(
      'contacts',
      (act) => runBulk(KIND, ids, command, data, act),
      ({ done }) => said(done),
    );
    if (!outcome) return;
    const [first] = outcome.refused;
    if (first) note({ title: parts('refusedSome', { n: outcome.refused.length, reason: first.problem?.detail ?? '' }) });
    onClear();
    await queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.kinds?.includes(KIND) === true });
  };
  const perform = async (command: string, data: object, said: (n: number) => string) => {
    const ids = await idsOf(KIND, selection, asked);
    const go = () => run(ids, command, data, said);
    if (ids.length > ASKS_BEYOND) setPending({ n: ids.length, go: () => void go() });
    else await go();
  };
  const download = () => {
    const ids = [...selection.ids].map((id) => JSON.stringify(id)).join(', ');
    void exportList(KIND, selection.all ? asked : { ...asked, search: undefined, filter: `id in (${ids})` }, t('file')).catch(acts.refused);
  };
  return (
    <>
      <SelectionBar selection={selection} count={count} onAll={onAll} onClear={onClear}>
        {may('change', KIND) && (
          <>
            <BarAct icon="person" onClick={() => setOwner(true)}>
              {fieldOf('ownerId')}
            </BarAct>
            <Menu position="top" portalProps={FRAME}>
              <Menu.Target>
                <BarAct icon="edit">{t('editField')}</BarAct>
              </Menu.Target>
              <Menu.Dropdown>
                {EDITABLE.map((one) => (
                  <Menu.Item key={one} onClick={() => setField(one)}>
                    {fieldOf(one)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </>
        )}
        {may('export', KIND) && n <= 200 && (
          <BarAct icon="export" onClick={download}>
            {parts('export')}
          </BarAct>
        )}
        {may('remove', KIND) && (
          <BarAct
            icon="trash"
            label={parts('remove')}
            onClick={() => void perform('remove', {}, (done) => t('removed', { n: done })).catch(acts.refused)}
          />
        )}
      </SelectionBar>
      <Modal opened={owner} onClose={() => setOwner(false)} title={t('giveTo', { n })} closeButtonProps={{ 'aria-label': parts('close') }}>
        <RecordPicker
          kind="workspace.user"
          ariaLabel={fieldOf('ownerId')}
          value={undefined}
          onChange={(ownerId) => {
            setOwner(false);
            if (ownerId)
              void nameOf('workspace.user', ownerId)
                .then((name) => perform('change', { ownerId }, (done) => t('given', { n: done, name })))
                .catch(acts.refused);
          }}
        />
      </Modal>
      {field && (
        <FieldDialog
          field={field}
          n={n}
          onClose={() => setField(undefined)}
          onValue={(value) => {
            setField(undefined);
            void perform('change', { [field]: value }, (done) => t('fieldSet', { n: done, field: fieldOf(field) })).catch(acts.refused);
          }}
        />
      )}
      <Modal
        opened={pending !== undefined}
        onClose={() => setPending(undefined)}
        title={t('askMany', { n: pending?.n ?? 0 })}
        closeButtonProps={{ 'aria-label': parts('close') }}
      >
        <p className="muted sm">{t('askManyHint')}</p>
        <Button
          variant="filled"
          mt="lg"
          onClick={() => {
            pending?.go();
            setPending(undefined);
          }}
        >
          {t('askManyDo', { n: pending?.n ?? 0 })}
        </Button>
      </Modal>
    </>
  );
}

function FieldDialog({
  field,
  n,
  onClose,
  onValue,
}: {
  field: Editable;
  n: number;
  onClose: () => void;
  onValue: (value: unknown) => void;
}) {
  const [t, parts, fieldOf, valueOf] = [useContactTexts(), usePartTexts(), useFieldTexts(), useValueTexts()];
  const [value, setValue] = useState<unknown>();
  const label = fieldOf(field);
  return (
    <Modal opened onClose={onClose} title={t('setField', { n, field: label })} closeButtonProps={{ 'aria-label': parts('close') }}>
      <form
        style={{ display: 'grid', gap: 16 }}
        onSubmit={(event) => {
          event.preventDefault();
          onValue(value ?? (field === 'tags' ? [] : null));
        }}
      >
        {field === 'lifecycleStage' && (
          <Select
            label={label}
            required
            data-autofocus
            data={contactsContactCard.fields.lifecycleStage.options.map((one) => ({ value: one, label: valueOf(one) }))}
            value={(value as string | undefined) ?? null}
            onChange={(chosen) => setValue(chosen)}
          />
        )}
        {field === 'accountId' && (
          <RecordPicker kind="contacts.account" label={label} value={value as string | undefined} clearable onChange={setValue} />
        )}
        {field === 'tags' && <TagsInput label={label} data-autofocus value={(value as string[] | undefined) ?? []} onChange={setValue} />}
        {(field === 'jobTitle' || field === 'source') && (
          <TextInput
            label={label}
            description={t('emptyClears')}
            data-autofocus
            dir="auto"
            value={(value as string | undefined) ?? ''}
            onChange={(event) => setValue(event.currentTarget.value || undefined)}
          />
        )}
        <div className="row">
          <Button type="submit" variant="filled">
            {parts('save')}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {parts('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

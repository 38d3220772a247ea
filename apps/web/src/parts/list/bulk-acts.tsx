import { Button, Menu, Modal } from '@mantine/core';
import { useState } from 'react';
import { serviceOf, type Kind } from '../../api/kinds.ts';
import { nameOnce } from '../../queries/names.ts';
import { RecordPicker } from '../fields/record-picker.tsx';
import { useFieldTexts } from '../filter/use-sentence.tsx';
import { BarAct, SelectionBar } from '../table/selection-bar.tsx';
import type { Selection } from '../table/selection.ts';
import { ASKS_BEYOND, exportList, idsOf, runBulk } from './bulk.ts';
import { FieldDialog, type EditableField } from './field-dialog.tsx';
import { queryClient } from '../../queries/client.ts';
import type { Asked } from '../../queries/lists.ts';
import { useMay } from '../../queries/me.ts';
import { note } from '../../shell/notice-list.ts';
import { useActs } from '../../shell/use-acts.ts';
import type { ListWords } from './words.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { FRAME } from '../../theme/theme.ts';

/** `fields`: what can be set for many at once. `words`: what the list's records are called. */
type Props = {
  kind: Kind;
  words: ListWords;
  fields: readonly EditableField[];
  selection: Selection;
  asked: Asked;
  count: string;
  onAll: () => void;
  onClear: () => void;
};
/** What is about to be done to more records than are done without asking. */
type Pending = { n: number; go: () => void };

/** What can be done with many records of a list at once: at once, with a way back; only beyond a thousand it asks first. */
export function BulkActs({ kind, words: t, fields, selection, asked, count, onAll, onClear }: Props) {
  const [parts, may, acts, nameOf] = [usePartTexts(), useMay(), useActs(), nameOnce];
  const fieldOf = useFieldTexts();
  const [owner, setOwner] = useState(false);
  const [field, setField] = useState<EditableField>();
  const [pending, setPending] = useState<Pending>();
  const n = selection.all ? Number.parseInt(count, 10) : selection.ids.size;

  const run = async (ids: readonly string[], command: string, data: object, said: (n: number) => string) => {
    const outcome = await acts.attempt(
      serviceOf(kind),
      (act) => runBulk(kind, ids, command, data, act),
      ({ done }) => said(done),
    );
    if (!outcome) return;
    const [first] = outcome.refused;
    if (first) note({ title: parts('refusedSome', { n: outcome.refused.length, reason: first.problem?.detail ?? '' }) });
    onClear();
    await queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.kinds?.includes(kind) === true });
  };
  const perform = async (command: string, data: object, said: (n: number) => string) => {
    const ids = await idsOf(kind, selection, asked);
    const go = () => run(ids, command, data, said);
    if (ids.length > ASKS_BEYOND) setPending({ n: ids.length, go: () => void go() });
    else await go();
  };
  const download = () => {
    const ids = [...selection.ids].map((id) => JSON.stringify(id)).join(', ');
    void exportList(kind, selection.all ? asked : { ...asked, search: undefined, filter: `id in (${ids})` }, t('file')).catch(acts.refused);
  };
  return (
    <>
      <SelectionBar selection={selection} count={count} onAll={onAll} onClear={onClear}>
        {may('change', kind) && (
          <>
            <BarAct icon="person" onClick={() => setOwner(true)}>
              {fieldOf('ownerId')}
            </BarAct>
            <Menu position="top" portalProps={FRAME}>
              <Menu.Target>
                <BarAct icon="edit">{t('editField')}</BarAct>
              </Menu.Target>
              <Menu.Dropdown>
                {fields.map((one) => (
                  <Menu.Item key={one.field} onClick={() => setField(one)}>
                    {fieldOf(one.field)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </>
        )}
        {may('export', kind) && n <= 200 && (
          <BarAct icon="export" onClick={download}>
            {parts('export')}
          </BarAct>
        )}
        {may('remove', kind) && (
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
          of={field}
          title={t('setField', { n, field: fieldOf(field.field) })}
          hint={t('emptyClears')}
          onClose={() => setField(undefined)}
          onValue={(value) => {
            setField(undefined);
            void perform('change', { [field.field]: value }, (done) => t('fieldSet', { n: done, field: fieldOf(field.field) })).catch(
              acts.refused,
            );
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

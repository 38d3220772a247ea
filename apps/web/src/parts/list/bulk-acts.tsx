import { Menu, Modal } from '@mantine/core';
import { useState } from 'react';
import { nameOnce } from '../../queries/names.ts';
import { RecordPicker } from '../fields/record-picker.tsx';
import { useFieldTexts } from '../filter/use-sentence.tsx';
import { BarAct, SelectionBar } from '../table/selection-bar.tsx';
import { FieldDialog, type EditableField } from './field-dialog.tsx';
import { useMay } from '../../queries/me.ts';
import { useActs } from '../../shell/use-acts.ts';
import { MOST_EXPORTED, useBulk, type Chosen } from './use-bulk.tsx';
import type { ListWords } from './words.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { FRAME } from '../../theme/theme.ts';

/** `fields`: what can be set for many at once. `words`: what the list's records are called. */
type Props = Chosen & { words: ListWords; fields: readonly EditableField[]; onAll: () => void };

/** What can be done with many records of a list at once: at once, with a way back; only beyond a thousand it asks first. */
export function BulkActs({ words: t, fields, onAll, ...chosen }: Props) {
  const [parts, may, acts, fieldOf] = [usePartTexts(), useMay(), useActs(), useFieldTexts()];
  const { kind, selection, count, onClear } = chosen;
  const { n, perform, download, dialog } = useBulk(chosen, (many) => ({
    title: t('askMany', { n: many }),
    hint: t('askManyHint'),
    act: t('askManyDo', { n: many }),
  }));
  const [owner, setOwner] = useState(false);
  const [field, setField] = useState<EditableField>();
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
        {may('export', kind) && download && n <= MOST_EXPORTED && (
          <BarAct icon="export" onClick={() => download(t('file'))}>
            {parts('export')}
          </BarAct>
        )}
        {may('remove', kind) && (
          <BarAct icon="trash" label={parts('remove')} onClick={() => perform('remove', {}, (done) => t('removed', { n: done }))} />
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
              void nameOnce('workspace.user', ownerId).then(
                (name) => perform('change', { ownerId }, (done) => t('given', { n: done, name })),
                acts.refused,
              );
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
            perform('change', { [field.field]: value }, (done) => t('fieldSet', { n: done, field: fieldOf(field.field) }));
          }}
        />
      )}
      {dialog}
    </>
  );
}

import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { useBulk, type Chosen } from '../../../parts/list/use-bulk.tsx';
import { BarAct, SelectionBar } from '../../../parts/table/selection-bar.tsx';
import { useMay } from '../../../queries/me.ts';
import { nameOnce } from '../../../queries/names.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import { RoleChecks } from './role-checks.tsx';

const KIND = 'workspace.user';
type Props = Omit<Chosen, 'kind'> & { onAll: () => void };

/** What can be done with many people at once: at once, with a way back. */
export function BulkActs({ onAll, ...chosen }: Props) {
  const [t, parts, may, acts, fieldOf] = [usePeopleTexts(), usePartTexts(), useMay(), useActs(), useFieldTexts()];
  const [choosing, setChoosing] = useState<'team' | 'manager' | 'roles'>();
  const [roles, setRoles] = useState<readonly string[]>([]);
  const { n, perform, dialog: asking } = useBulk({ kind: KIND, ...chosen });
  if (!may('manage', KIND)) return null;
  const { selection, count, onClear } = chosen;
  const close = () => setChoosing(undefined);
  const dialog = { onClose: close, closeButtonProps: { 'aria-label': parts('close') } };
  return (
    <>
      <SelectionBar selection={selection} count={count} onAll={onAll} onClear={onClear}>
        <BarAct icon="people" onClick={() => setChoosing('team')}>
          {fieldOf('teamId')}
        </BarAct>
        <BarAct icon="person" onClick={() => setChoosing('manager')}>
          {fieldOf('managerId')}
        </BarAct>
        <BarAct icon="lock" onClick={() => setChoosing('roles')}>
          {fieldOf('roleIds')}
        </BarAct>
        <BarAct icon="leave" onClick={() => perform('deactivate', {}, (done) => t('deactivatedN', { n: done }))}>
          {t('deactivate')}
        </BarAct>
        <BarAct icon="check" onClick={() => perform('reactivate', {}, (done) => t('reactivatedN', { n: done }))}>
          {t('reactivate')}
        </BarAct>
      </SelectionBar>
      {asking}
      <Modal opened={choosing === 'team'} title={t('teamOf', { n })} {...dialog}>
        <RecordPicker
          kind="workspace.team"
          ariaLabel={fieldOf('teamId')}
          value={undefined}
          onChange={(teamId) => {
            close();
            if (teamId)
              void nameOnce('workspace.team', teamId).then(
                (name) => perform('change', { teamId }, (done) => t('teamSet', { n: done, name })),
                acts.refused,
              );
          }}
        />
      </Modal>
      <Modal opened={choosing === 'manager'} title={t('managerOf', { n })} {...dialog}>
        <RecordPicker
          kind={KIND}
          ariaLabel={fieldOf('managerId')}
          value={undefined}
          onChange={(managerId) => {
            close();
            if (managerId)
              void nameOnce(KIND, managerId).then(
                (name) => perform('change', { managerId }, (done) => t('managerSet', { n: done, name })),
                acts.refused,
              );
          }}
        />
      </Modal>
      <Modal opened={choosing === 'roles'} title={t('rolesOf', { n })} {...dialog}>
        <form
          style={{ display: 'grid', gap: 16 }}
          onSubmit={(event) => {
            event.preventDefault();
            close();
            perform('assignRoles', { roleIds: [...roles] }, (done) => t('rolesSet', { n: done }));
          }}
        >
          <p className="sm muted">{t('rolesOfHint')}</p>
          <RoleChecks value={roles} onToggle={(id, on) => setRoles(on ? [...roles, id] : roles.filter((one) => one !== id))} />
          <div className="row">
            <Button type="submit" variant="filled">
              {parts('save')}
            </Button>
            <Button variant="subtle" onClick={close}>
              {parts('cancel')}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}

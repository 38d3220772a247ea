import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { refresh } from '../../../queries/refresh.ts';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { idsOf, runBulk } from '../../../parts/list/bulk.ts';
import { BarAct, SelectionBar } from '../../../parts/table/selection-bar.tsx';
import type { Selection } from '../../../parts/table/selection.ts';
import type { Asked } from '../../../queries/lists.ts';
import { useMay } from '../../../queries/me.ts';
import { nameOnce } from '../../../queries/names.ts';
import { note } from '../../../shell/notice-list.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import { RoleChecks } from './role-checks.tsx';

const KIND = 'workspace.user';
type Props = { selection: Selection; asked: Asked; total: number; onAll: () => void; onClear: () => void };

/** What can be done with many people at once: at once, with a way back. */
export function BulkActs({ selection, asked, total, onAll, onClear }: Props) {
  const [t, parts, may, acts, fieldOf] = [usePeopleTexts(), usePartTexts(), useMay(), useActs(), useFieldTexts()];
  const [choosing, setChoosing] = useState<'team' | 'manager' | 'roles'>();
  const [roles, setRoles] = useState<readonly string[]>([]);
  const n = selection.all ? total : selection.ids.size;
  if (!may('manage', KIND)) return null;
  const run = async (command: string, data: object, said: (n: number) => string) => {
    const ids = await idsOf(KIND, selection, asked);
    const outcome = await acts.attempt(
      'workspace',
      (act) => runBulk(KIND, ids, command, data, act),
      ({ done }) => said(done),
    );
    if (!outcome) return;
    const [first] = outcome.refused;
    if (first) note({ title: parts('refusedSome', { n: outcome.refused.length, reason: first.problem?.detail ?? '' }) });
    onClear();
    await refresh(KIND);
  };
  const close = () => setChoosing(undefined);
  const dialog = { onClose: close, closeButtonProps: { 'aria-label': parts('close') } };
  return (
    <>
      <SelectionBar selection={selection} total={total} onAll={onAll} onClear={onClear}>
        <BarAct icon="people" onClick={() => setChoosing('team')}>
          {fieldOf('teamId')}
        </BarAct>
        <BarAct icon="person" onClick={() => setChoosing('manager')}>
          {fieldOf('managerId')}
        </BarAct>
        <BarAct icon="lock" onClick={() => setChoosing('roles')}>
          {fieldOf('roleIds')}
        </BarAct>
        <BarAct icon="leave" onClick={() => void run('deactivate', {}, (done) => t('deactivatedN', { n: done }))}>
          {t('deactivate')}
        </BarAct>
        <BarAct icon="check" onClick={() => void run('reactivate', {}, (done) => t('reactivatedN', { n: done }))}>
          {t('reactivate')}
        </BarAct>
      </SelectionBar>
      <Modal opened={choosing === 'team'} title={t('teamOf', { n })} {...dialog}>
        <RecordPicker
          kind="workspace.team"
          ariaLabel={fieldOf('teamId')}
          value={undefined}
          onChange={(teamId) => {
            close();
            if (teamId)
              void nameOnce('workspace.team', teamId).then((name) => run('change', { teamId }, (done) => t('teamSet', { n: done, name })));
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
              void nameOnce(KIND, managerId).then((name) => run('change', { managerId }, (done) => t('managerSet', { n: done, name })));
          }}
        />
      </Modal>
      <Modal opened={choosing === 'roles'} title={t('rolesOf', { n })} {...dialog}>
        <form
          style={{ display: 'grid', gap: 16 }}
          onSubmit={(event) => {
            event.preventDefault();
            close();
            void run('assignRoles', { roleIds: [...roles] }, (done) => t('rolesSet', { n: done }));
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

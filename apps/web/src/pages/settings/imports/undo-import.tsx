import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { Schemas } from '../../../api/schema.ts';
import { Icon } from '../../../parts/icon.tsx';
import { ASKS_BEYOND } from '../../../parts/list/bulk.ts';
import { queryClient } from '../../../queries/client.ts';
import { useMay } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useImportedTexts } from '../../../texts/imported/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { noteDone } from '../../../undo/done.ts';
import { toast } from '../../../undo/toasts.ts';
import people from '../people/people.module.css';
import { IMPORTED, type Import } from './imports-query.ts';

type Undone = Schemas['Undone'];
const OVER: readonly Import['status'][] = ['done', 'failed', 'cancelled', 'expired'];

/** Takes an import back as a whole. It looks first what that would come to; where it is much, or not all of it, it asks. */
export function UndoImport({ item, name }: { item: Import; name: string }) {
  const [t, parts, may, acts] = [useImportedTexts(), usePartTexts(), useMay(), useActs()];
  const [would, setWould] = useState<Undone>();
  const [busy, setBusy] = useState(false);
  const service = IMPORTED.find(({ resource }) => resource === item.resource)?.service;
  const changed = item.counts.created + item.counts.updated > 0;
  if (!service || !changed || !OVER.includes(item.status) || !may('undo', service)) return null;
  const send = (dryRun: boolean) =>
    api.send<Undone>('post', `/${item.resource}/imports/${item.id}/undo`, { dryRun }).then(({ data }) => data);
  const refused = (error: unknown) => {
    if (error instanceof ApiProblem && error.code === 'nothing-to-undo') toast({ text: t('nothingToUndo') });
    else acts.refused(error);
  };
  const run = async () => {
    setWould(undefined);
    setBusy(true);
    try {
      const { correlation } = await send(false);
      noteDone(service, correlation, t('undoneSaid', { file: name }));
      toast({ act: correlation });
      await queryClient.invalidateQueries();
    } catch (error) {
      refused(error);
    } finally {
      setBusy(false);
    }
  };
  const look = async () => {
    setBusy(true);
    try {
      const found = await send(true);
      if (found.done === 0) toast({ text: t('nothingToUndo') });
      else if (found.done > ASKS_BEYOND || found.conflicts.length + found.cannot.length > 0) setWould(found);
      else await run();
    } catch (error) {
      refused(error);
    } finally {
      setBusy(false);
    }
  };
  const left = would ? would.conflicts.length + would.cannot.length : 0;
  return (
    <>
      <Button
        variant="subtle"
        leftSection={<Icon name="undo" size="s" />}
        loading={busy}
        aria-label={t('undoOf', { file: name })}
        onClick={() => void look()}
      >
        {t('undo')}
      </Button>
      <Modal
        opened={would !== undefined}
        onClose={() => setWould(undefined)}
        title={t('undoTitle', { file: name })}
        closeButtonProps={{ 'aria-label': parts('close') }}
      >
        <div className={people.stack}>
          <p>{t('undoWill', { n: would?.done ?? 0 })}</p>
          {left > 0 && <p>{t('undoLeft', { n: left })}</p>}
          <p className="muted">{t('undoAgain')}</p>
          <div className="row wrap">
            <Button variant="filled" onClick={() => void run()}>
              {t('undoDo')}
            </Button>
            <Button variant="subtle" data-autofocus onClick={() => setWould(undefined)}>
              {parts('cancel')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}

import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import type { User } from '../../../api/kinds.ts';
import { refresh } from '../../../queries/refresh.ts';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { useMay } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import css from './people.module.css';

/** Shuts somebody out, which can be taken back; or erases them, which asks first, for it cannot. */
export function Leaving({ user }: { user: User }) {
  const [t, parts, may, acts] = [usePeopleTexts(), usePartTexts(), useMay(), useActs()];
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const params = { id: user.id };
  const switchTo = async (active: boolean) => {
    await acts.attempt(
      'workspace',
      (act) =>
        active
          ? api.post('/users/{id}/reactivate', { params, body: {}, act })
          : api.post('/users/{id}/deactivate', { params, body: {}, act }),
      () => t(active ? 'reactivatedOne' : 'deactivatedOne', { name: user.name }),
    );
    await refresh('workspace.user');
  };
  const erase = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api.post('/users/{id}/erase', { params, body: {} });
      setAsking(false);
      await refresh('workspace.user');
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.stack}>
      <p className="muted">{t('leavingHint')}</p>
      <div className="row wrap">
        {may('manage', 'workspace.user') && (
          <Button onClick={() => void switchTo(!user.active)}>{t(user.active ? 'deactivate' : 'reactivate')}</Button>
        )}
        {may('erase', 'workspace.user') && (
          <Button variant="outline" color="red" onClick={() => setAsking(true)}>
            {t('erase')}
          </Button>
        )}
      </div>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('eraseTitle', { name: user.name })}
        closeButtonProps={{ 'aria-label': parts('close') }}
      >
        <div className={css.stack}>
          {error !== undefined && <ProblemNotice error={error} />}
          <p>{t('eraseHint')}</p>
          <div className="row wrap">
            <Button variant="outline" color="red" loading={busy} onClick={() => void erase()}>
              {t('eraseDo')}
            </Button>
            <Button variant="subtle" data-autofocus onClick={() => setAsking(false)}>
              {parts('cancel')}
            </Button>
          </div>
        </div>
      </Modal>
    </div>
  );
}

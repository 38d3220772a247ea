import { Button, Modal, TextInput } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../../../api/api.ts';
import { forgetKept } from '../../../offline/kept.ts';
import { queryClient } from '../../../queries/client.ts';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { toast } from '../../../undo/toasts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import type { CustomerPage } from '../customer-page.ts';
import css from '../customer.module.css';
import { nameIn } from '../members.ts';
import { historyQuery } from '../queries.ts';

/** Erasing asks, as nothing else does, for it has no way back: the name is typed, and everybody who goes along is listed. */
export function EraseDialog({ page: { of, id, now }, onClose }: { page: CustomerPage; onClose: () => void }) {
  const [t, parts] = [useCustomerTexts(), usePartTexts()];
  const { name } = now.profile;
  const others = now.members.filter((member) => member !== id);
  const members = useQueries({ queries: others.map((member) => historyQuery(of.resource, member)) });
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const meant = typed.trim() === name.trim();
  const erase = async (event: FormEvent) => {
    event.preventDefault();
    if (!meant) return setError('name');
    setBusy(true);
    try {
      await api.post('/contacts/{id}/erase', { params: { id }, body: { confirm: others } });
    } catch (refused) {
      setBusy(false);
      return setError(refused);
    }
    toast({ text: t('erasedSaid') });
    onClose();
    // Also what has been seen of them elsewhere, and what is kept for reading offline.
    await forgetKept();
    return queryClient.resetQueries();
  };
  return (
    <Modal opened onClose={onClose} size={520} title={t('eraseTitle', { name })} closeButtonProps={{ 'aria-label': parts('close') }}>
      <form className={css.dialog} noValidate onSubmit={(event) => void erase(event)}>
        <p className="sm">{t('eraseGoes')}</p>
        <p className="sm muted">{t('eraseStays')}</p>
        {others.length > 0 && (
          <div>
            <p className="sm medium">{t('eraseMembers', { n: others.length })}</p>
            <ul className={css.members}>
              {others.map((member, at) => (
                <li key={member}>
                  <bdi>{nameIn(members[at]?.data) ?? '…'}</bdi>
                </li>
              ))}
            </ul>
          </div>
        )}
        {error !== undefined && error !== 'name' && <ProblemNotice error={error} />}
        <TextInput
          label={t.rich('typeName', { name: <bdi>{name}</bdi> })}
          data-autofocus
          dir="auto"
          autoComplete="off"
          value={typed}
          error={error === 'name' ? t('nameDiffers') : undefined}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setError(undefined);
          }}
        />
        <div className="row">
          <Button type="submit" color="red" variant="outline" disabled={busy}>
            {t('eraseDo')}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {parts('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

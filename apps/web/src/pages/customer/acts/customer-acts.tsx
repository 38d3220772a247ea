import { ActionIcon, Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { queryClient } from '../../../queries/client.ts';
import { Icon } from '../../../parts/icon.tsx';
import { usePaletteActions } from '../../../shell/palette/open.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useShortcuts } from '../../../shortcuts/shortcuts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import type { CustomerPage } from '../customer-page.ts';
import css from '../customer.module.css';
import { CONTACT, type Activity } from '../kinds.ts';
import { EraseDialog } from './erase.tsx';
import { LogDrawer } from './log-drawer.tsx';
import { MergeDialog } from './merge.tsx';

type Open = { log: Activity['kind'] } | 'merge' | 'erase';

/** What can be done with a customer: what is done most stands in view, the rest behind the dots. What the role never may is not there. */
export function CustomerActs({ page }: { page: CustomerPage }) {
  const [t, acts] = [useCustomerTexts(), useActs()];
  const navigate = useNavigate();
  const { of, id, now, may } = page;
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const { name, emails, erased } = now.profile;
  const mail = (emails.find(({ primary }) => primary) ?? emails[0])?.address;
  const log = (kind: Activity['kind']) => () => setOpen({ log: kind });
  const writes = may('create activity') && !erased;
  const remove = async () => {
    const path = `/${of.resource}/${id}/remove`;
    const gone = await acts.attempt(
      'contacts',
      (act) => api.send('post', path, {}, { act }),
      () => t('removedSaid', { name }),
    );
    if (!gone) return;
    await navigate({ to: `/${of.resource}` as string });
    await queryClient.invalidateQueries();
  };
  useShortcuts(writes ? [{ keys: 'KeyN', run: log('note'), says: t('logNote') }] : []);
  usePaletteActions(
    writes
      ? [
          { id: 'log-note', text: t('logNote'), icon: 'note', keys: 'KeyN', run: log('note') },
          { id: 'log-call', text: t('logCall'), icon: 'phone', run: log('call') },
          { id: 'log-task', text: t('addStep'), icon: 'task', run: log('task') },
        ]
      : [],
  );
  const merges = may('merge') && !erased;
  const more = writes || merges || may('remove') || may('erase');
  return (
    <div className={css.acts}>
      {writes && (
        <Button leftSection={<Icon name="phone" size="s" />} onClick={log('call')}>
          {t('logCall')}
        </Button>
      )}
      {mail && (
        <Button component="a" href={`mailto:${mail}`} leftSection={<Icon name="mail" size="s" />}>
          {t('write')}
        </Button>
      )}
      {writes && (
        <Button leftSection={<Icon name="note" size="s" />} onClick={log('note')}>
          {t('note')}
        </Button>
      )}
      {more && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t('moreActs')}>
              <Icon name="more" size="s" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {writes && (
              <>
                <Menu.Item leftSection={<Icon name="task" />} onClick={log('task')}>
                  {t('addStep')}
                </Menu.Item>
                <Menu.Item leftSection={<Icon name="meeting" />} onClick={log('meeting')}>
                  {t('logMeeting')}
                </Menu.Item>
                <Menu.Item leftSection={<Icon name="mail" />} onClick={log('message')}>
                  {t('logMessage')}
                </Menu.Item>
              </>
            )}
            {writes && merges && <Menu.Divider />}
            {merges && (
              <Menu.Item leftSection={<Icon name="merge" />} onClick={() => setOpen('merge')}>
                {t('mergeWith')}
              </Menu.Item>
            )}
            {may('remove') && !erased && (
              <Menu.Item leftSection={<Icon name="trash" />} onClick={() => void remove()}>
                {t('remove')}
              </Menu.Item>
            )}
            {may('erase') && of === CONTACT && !erased && (
              <Menu.Item leftSection={<Icon name="erase" />} color="red" onClick={() => setOpen('erase')}>
                {t('erase')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {typeof open === 'object' && <LogDrawer kind={open.log} page={page} onClose={close} />}
      {open === 'merge' && <MergeDialog page={page} onClose={close} />}
      {open === 'erase' && <EraseDialog page={page} onClose={close} />}
    </div>
  );
}

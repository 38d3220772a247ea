import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import type { Schemas } from '../../../api/schema.ts';
import { useFormat } from '../../../format/use-format.ts';
import { refresh } from '../../../queries/refresh.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useMay } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useKeyTexts } from '../../../texts/keys/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { toast } from '../../../undo/toasts.ts';
import { GrantList } from '../roles/grant-editor.tsx';
import { SettingsPage } from '../settings-page.tsx';
import settingsCss from '../settings.module.css';
import people from '../people/people.module.css';
import css from './keys.module.css';
import { NewKey } from './new-key.tsx';

export const route = createLazyRoute('/shell/settings/keys')({ component: Keys });

type Key = Schemas['view.workspace.api-key-row'];
const MOST = 200;
const keysQuery = {
  queryKey: ['api-keys'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.get('/api-keys', { query: { sort: '-createdAt', limit: MOST }, signal }).then(({ data }) => data),
  meta: { kinds: ['workspace.api-key'] },
};
/** Keys for programs: what each may, in sentences, until when, and the end of it. */
function Keys() {
  const [t, settings, may] = [useKeyTexts(), useSettingsTexts(), useMay()];
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery(keysQuery);
  const create = may('create', 'workspace.api-key') && (
    <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setMaking(true)}>
      {t('new')}
    </Button>
  );
  return (
    <SettingsPage title={settings('keys')} about={settings('keysAbout')} acts={create}>
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton widths={[80, 90, 60]} height={18} />
      ) : data.length === 0 ? (
        <Empty level={2} title={t('noneYet')} acts={create}>
          {t('noneYetHint')}
        </Empty>
      ) : (
        <ul className={settingsCss.panelList}>
          {data.map((key) => (
            <Row key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      <p className="sm">
        <a href="/api/docs">{t('docs')}</a>
      </p>
      <NewKey opened={making} onClose={() => setMaking(false)} />
    </SettingsPage>
  );
}

const isOver = ({ expiresAt }: Key) => expiresAt !== undefined && Date.parse(expiresAt) <= Date.now();

function Row({ apiKey }: { apiKey: Key }) {
  const [t, parts, format, may, acts] = [useKeyTexts(), usePartTexts(), useFormat(), useMay(), useActs()];
  const [asking, setAsking] = useState(false);
  const { id, name, revoked } = apiKey;
  const over = isOver(apiKey);
  const revoke = async () => {
    setAsking(false);
    try {
      await api.post('/api-keys/{id}/revoke', { params: { id }, body: {} });
      toast({ text: t('revokedSaid', { name }) });
    } catch (error) {
      acts.refused(error);
    }
    await refresh('workspace.api-key');
  };
  return (
    <li className={css.key}>
      <div className="row wrap">
        <h2 className={revoked || over ? 'muted' : undefined}>
          <bdi>{name}</bdi>
        </h2>
        <Badge tone={revoked || over ? 'line' : 'good'}>{t(revoked ? 'revoked' : over ? 'expired' : 'good')}</Badge>
        {!revoked && may('change', 'workspace.api-key') && (
          <Button className="end" size="xs" onClick={() => setAsking(true)}>
            {t('revoke')}
          </Button>
        )}
      </div>
      <GrantList grants={apiKey.scopes} />
      <dl className={css.facts}>
        <div>
          <dt>{t('owner')}</dt>
          <dd>
            <RecordName kind="workspace.user" id={apiKey.ownerId} plain />
          </dd>
        </div>
        <div>
          <dt>{t('since')}</dt>
          <dd>{format.date(apiKey.createdAt)}</dd>
        </div>
        <div>
          <dt>{t('expires')}</dt>
          <dd>{apiKey.expiresAt ? format.dateTime(apiKey.expiresAt) : t('never')}</dd>
        </div>
      </dl>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('revokeTitle', { name })}
        closeButtonProps={{ 'aria-label': parts('close') }}
      >
        <div className={people.stack}>
          <p>{t('revokeHint')}</p>
          <div className="row wrap">
            <Button variant="outline" color="red" onClick={() => void revoke()}>
              {t('revokeDo')}
            </Button>
            <Button variant="subtle" data-autofocus onClick={() => setAsking(false)}>
              {parts('cancel')}
            </Button>
          </div>
        </div>
      </Modal>
    </li>
  );
}

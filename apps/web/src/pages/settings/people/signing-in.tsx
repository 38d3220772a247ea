import { Button } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import type { User } from '../../../api/kinds.ts';
import { useFormat } from '../../../format/use-format.ts';
import { refresh } from '../../../queries/refresh.ts';
import { Icon } from '../../../parts/icon.tsx';
import { useMay } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import { LinkDialog, useInvite, type Made } from './invitation.tsx';
import css from './people.module.css';

/** Whether somebody can sign in, and the link by which they choose a password. */
export function SigningIn({ user }: { user: User }) {
  const [t, format, may, acts] = [usePeopleTexts(), useFormat(), useMay(), useActs()];
  const invite = useInvite();
  const [made, setMade] = useState<Made>();
  const until = user.invitedUntil && Date.parse(user.invitedUntil) > Date.now() ? format.dateTime(user.invitedUntil) : undefined;
  const name = <bdi>{user.name}</bdi>;
  const state = !user.active
    ? t('stateLeft')
    : !user.email
      ? t('stateNoAddress')
      : user.signIn === 'ready'
        ? until
          ? t('stateAgain', { until })
          : t.rich('stateReady', { name, email: <bdi>{user.email}</bdi> })
        : until
          ? t('stateInvited', { until })
          : t.rich('stateNone', { name });
  const withdraw = async () => {
    await acts.attempt(
      'workspace',
      (act) => api.post('/users/{id}/invitation/withdraw', { params: { id: user.id }, body: {}, act }),
      () => t('withdrawnSaid', { name: user.name }),
    );
    await refresh('workspace.user');
  };
  const can = may('manage', 'workspace.user') && user.active && user.email;
  return (
    <div className={css.stack}>
      <p className="muted">{state}</p>
      {can && (
        <div className="row wrap">
          <Button
            variant={user.signIn === 'none' && !until ? 'filled' : 'default'}
            leftSection={<Icon name="link" size="s" />}
            onClick={() => void invite(user).then((link) => link && setMade(link))}
          >
            {t(until ? 'inviteAgain' : user.signIn === 'ready' ? 'inviteForgot' : 'invite')}
          </Button>
          {until && (
            <Button variant="subtle" onClick={() => void withdraw()}>
              {t('withdraw')}
            </Button>
          )}
        </div>
      )}
      <LinkDialog made={made} onClose={() => setMade(undefined)} />
    </div>
  );
}

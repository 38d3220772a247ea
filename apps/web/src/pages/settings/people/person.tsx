import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, getRouteApi } from '@tanstack/react-router';
import type { User } from '../../../api/kinds.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { Avatar } from '../../../parts/avatar.tsx';
import { Card } from '../../../parts/card.tsx';
import { ErasureCertificate } from '../../../parts/erasure-certificate.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useHolds, useMe } from '../../../queries/me.ts';
import { recordQuery } from '../../../queries/records.ts';
import { seeAs, seeingAs } from '../../../session/seeing-as.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { RecordHistory } from '../record-history.tsx';
import { SettingsPage } from '../settings-page.tsx';
import { Leaving } from './leaving.tsx';
import css from './people.module.css';
import { SignInBadge } from './people-columns.tsx';
import { PersonForm } from './person-form.tsx';
import { PersonRoles } from './person-roles.tsx';
import { SigningIn } from './signing-in.tsx';

export const route = createLazyRoute('/shell/settings/people/$id')({ component: Person });
const from = getRouteApi('/shell/settings/people/$id');

/** One who works here: who they are, how they sign in, what they may. */
function Person() {
  const { id } = from.useParams();
  const [t, settings, parts] = [usePeopleTexts(), useSettingsTexts(), usePartTexts()];
  const { data, error, refetch } = useQuery(recordQuery('workspace.user', id));
  const isErased = data?.doc.erased === true || (error instanceof ApiProblem && error.status === 410);
  const name = isErased ? parts('erased') : (data?.doc.name ?? '');
  return (
    <SettingsPage title={name || parts('loading')} crumbs={[{ text: settings('people'), to: '/settings/people' }]}>
      {isErased ? (
        <Card title={t('erasedTitle')}>
          <ErasureCertificate resource="users" id={id} />
        </Card>
      ) : error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : data ? (
        <Shown user={data.doc} revision={data.revision} />
      ) : (
        <Skeleton widths={[30, 90, 90, 60]} height={16} />
      )}
    </SettingsPage>
  );
}

function Shown({ user, revision }: { user: User; revision: number | undefined }) {
  const [t, me, holds] = [usePeopleTexts(), useMe(), useHolds()];
  const isMe = user.id === me.id;
  const maySee = holds('manage', 'workspace', 'everywhere') && seeingAs() === undefined && !isMe && user.active;
  return (
    <>
      <div className={css.who}>
        <Avatar id={user.id} name={user.name} size="lg" />
        <div className="grow">
          <h2>
            <bdi>{user.name}</bdi>
          </h2>
          <div className="row wrap sm muted">
            {!user.active && <SignInBadge user={user} />}
            {user.email && <bdi>{user.email}</bdi>}
            {isMe && <span>{t('yourself')}</span>}
          </div>
        </div>
        {maySee && (
          <Button leftSection={<Icon name="eye" />} title={t('seeAsHint', { name: user.name })} onClick={() => seeAs(user.id)}>
            {t('seeAs', { name: user.name })}
          </Button>
        )}
      </div>
      <div className={css.columns}>
        <div>
          <Card title={t('details')}>
            <PersonForm key={user.id} user={user} revision={revision} />
          </Card>
          <RecordHistory kind="workspace.user" id={user.id} title={t('historyTitle')} />
        </div>
        <div>
          <Card title={t('signInTitle')}>
            <SigningIn user={user} />
          </Card>
          <Card title={t('rolesTitle')}>
            <PersonRoles user={user} />
          </Card>
          {!isMe && (
            <Card title={t('leaving')}>
              <Leaving user={user} />
            </Card>
          )}
        </div>
      </div>
    </>
  );
}

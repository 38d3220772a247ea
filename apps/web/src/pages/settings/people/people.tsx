import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { type User } from '../../../api/kinds.ts';
import { ListActs, ListTable, useListed } from '../../../parts/list/listed.tsx';
import { Avatar } from '../../../parts/avatar.tsx';
import css from '../../../parts/list/list.module.css';
import { ViewTabs } from '../../../parts/list/view-tabs.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { useMay } from '../../../queries/me.ts';
import { usePaletteActions } from '../../../shell/palette/open.ts';
import { useShortcuts } from '../../../shortcuts/shortcuts.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { SettingsPage } from '../settings-page.tsx';
import { BulkActs } from './bulk-acts.tsx';
import { NewPerson } from './new-person.tsx';
import { SignInBadge, USUAL_LAYOUT, usePeopleColumns } from './people-columns.tsx';
import own from './people.module.css';

export const route = createLazyRoute('/shell/settings/people')({ component: People });

const KIND = 'workspace.user';

/** Who works here: views, filters, columns, many at once. */
function People() {
  const [t, settings, may] = [usePeopleTexts(), useSettingsTexts(), useMay()];
  const usual = useMemo(
    () => [
      { id: 'active', name: t('viewActive'), filter: 'active eq true', sort: 'name' },
      { id: 'outside', name: t('viewNoSignIn'), filter: 'active eq true and signIn ne "ready"', sort: 'name' },
      { id: 'left', name: t('viewLeft'), filter: 'active eq false', sort: 'name' },
      { id: 'all', name: t('viewAll'), sort: 'name' },
    ],
    [t],
  );
  const listed = useListed(KIND, usual, USUAL_LAYOUT);
  const columns = usePeopleColumns();
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  const create = may('manage', KIND) ? () => setMaking(true) : undefined;
  useShortcuts(create ? [{ keys: 'KeyC', run: create, says: t('new') }] : []);
  usePaletteActions(create ? [{ id: 'new-person', text: t('new'), icon: 'plus', keys: 'KeyC', run: create }] : []);
  return (
    <SettingsPage title={settings('people')} about={settings('peopleAbout')} fill acts={<ListActs of={listed} words={t} create={create} />}>
      <div className={own.list}>
        <div className={css.top}>
          <ViewTabs state={listed.state} label={t('views')} />
        </div>
        <ListTable
          of={listed}
          label={settings('people')}
          rows={listed.list.rows}
          words={t}
          columns={columns}
          isChosen={create !== undefined}
          onOpen={(row) => void navigate({ to: '/settings/people/$id', params: { id: row.id } })}
          onEdit={undefined}
          card={(row) => <PersonCard row={row} />}
        />
      </div>
      <BulkActs {...listed.chosen} />
      <NewPerson opened={making} onClose={() => setMaking(false)} />
    </SettingsPage>
  );
}

function PersonCard({ row }: { row: User }) {
  return (
    <>
      <Avatar id={row.id} name={row.name} size="md" />
      <span className={own.two}>
        <b className="ellipsis">
          <bdi>{row.name}</bdi>
        </b>
        <span className="xs muted ellipsis">
          {row.email && <bdi>{row.email}</bdi>}
          {row.email && row.teamId ? ' · ' : ''}
          {row.teamId && <RecordName kind="workspace.team" id={row.teamId} plain />}
        </span>
      </span>
      <SignInBadge user={row} />
    </>
  );
}

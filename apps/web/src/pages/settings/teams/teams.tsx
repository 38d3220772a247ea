import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Notice, ProblemNotice } from '../../../parts/notice.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useMay } from '../../../queries/me.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { useTeamTexts } from '../../../texts/teams/index.ts';
import { SettingsPage } from '../settings-page.tsx';
import { NewTeam } from './new-team.tsx';
import { membersQuery, teamsQuery, type Member, type Team } from './team-queries.ts';
import css from './teams.module.css';
import { belowOf, treeOf, type Branch } from './tree.ts';

export const route = createLazyRoute('/shell/settings/teams')({ component: Teams });

/** The teams as a tree, with who leads them and how many people are in each. */
function Teams() {
  const [t, settings, may] = [useTeamTexts(), useSettingsTexts(), useMay()];
  const [making, setMaking] = useState(false);
  const teams = useQuery(teamsQuery);
  const { data: members = [] } = useQuery(membersQuery);
  const create = may('manage', 'workspace.team') && (
    <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setMaking(true)}>
      {t('new')}
    </Button>
  );
  const outside = members.filter(({ teamId }) => teamId === undefined).length;
  return (
    <SettingsPage title={settings('teams')} about={settings('teamsAbout')} acts={create}>
      {teams.error ? (
        <ProblemNotice error={teams.error} again={() => void teams.refetch()} />
      ) : !teams.data ? (
        <Skeleton widths={[60, 50, 55, 40]} height={18} />
      ) : teams.data.length === 0 ? (
        <Empty title={t('noneYet')} acts={create} level={2}>
          {t('noneYetHint')}
        </Empty>
      ) : (
        <Card title={t('tree')} count={teams.data.length} flush>
          <Branches branches={treeOf(teams.data)} members={members} top />
        </Card>
      )}
      {outside > 0 && (
        <Notice icon="users">
          <p>
            {t('noTeam', { n: outside })}{' '}
            <Link to="/settings/people" search={{ filter: 'active eq true and teamId eq null' }}>
              {t('seeThem')}
            </Link>
          </p>
        </Notice>
      )}
      <NewTeam opened={making} onClose={() => setMaking(false)} />
    </SettingsPage>
  );
}

function Branches({ branches, members, top = false }: { branches: readonly Branch<Team>[]; members: readonly Member[]; top?: boolean }) {
  return (
    <ul className={top ? css.tree : undefined}>
      {branches.map((branch) => (
        <li key={branch.team.id}>
          <Row branch={branch} members={members} />
          {branch.below.length > 0 && <Branches branches={branch.below} members={members} />}
        </li>
      ))}
    </ul>
  );
}

function Row({ branch, members }: { branch: Branch<Team>; members: readonly Member[] }) {
  const t = useTeamTexts();
  const { team } = branch;
  const own = members.filter(({ teamId }) => teamId === team.id);
  const deeper = new Set(belowOf(branch).map(({ id }) => id));
  const below = members.filter(({ teamId }) => teamId !== undefined && deeper.has(teamId)).length;
  const [leader] = [...new Set(own.flatMap(({ managerId }) => managerId ?? []))];
  return (
    <div className={css.team}>
      <Icon name="people" size="s" />
      <RecordName kind="workspace.team" id={team.id} name={team.name} />
      <span className={css.n}>{t('people', { n: own.length })}</span>
      {below > 0 && <span className={css.n}>{t('below', { n: below })}</span>}
      {leader && (
        <span className={`${css.n} end`}>{t.rich('leadBy', { name: <RecordName kind="workspace.user" id={leader} plain /> })}</span>
      )}
    </div>
  );
}

import { ActionIcon, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, getRouteApi } from '@tanstack/react-router';
import { api } from '../../../api/api.ts';
import { refresh } from '../../../queries/refresh.ts';
import { Avatar } from '../../../parts/avatar.tsx';
import { Card } from '../../../parts/card.tsx';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { FieldValue } from '../../../parts/history/field-value.tsx';
import { Badge } from '../../../parts/badge.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useMay } from '../../../queries/me.ts';
import { nameOnce } from '../../../queries/names.ts';
import { recordQuery } from '../../../queries/records.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { useTeamTexts } from '../../../texts/teams/index.ts';
import people from '../people/people.module.css';
import { RecordHistory } from '../record-history.tsx';
import { RemoveRecord } from '../remove-record.tsx';
import { SettingsPage } from '../settings-page.tsx';
import settingsCss from '../settings.module.css';
import { SavingActs, SavingNotice, useSaving } from '../use-saving.tsx';
import { membersQuery, teamsQuery, type Team } from './team-queries.ts';
import css from './teams.module.css';

export const route = createLazyRoute('/shell/settings/teams/$id')({ component: OneTeam });
const from = getRouteApi('/shell/settings/teams/$id');
const KIND = 'workspace.team';

/** A team: what it is part of, who is in it, what is below. */
function OneTeam() {
  const { id } = from.useParams();
  const [t, settings, parts, may] = [useTeamTexts(), useSettingsTexts(), usePartTexts(), useMay()];
  const { data, error, refetch } = useQuery(recordQuery(KIND, id));
  const { data: teams = [] } = useQuery(teamsQuery);
  const below = teams.filter(({ parentId }) => parentId === id);
  return (
    <SettingsPage title={data?.doc.name ?? parts('loading')} crumbs={[{ text: settings('teams'), to: '/settings/teams' }]}>
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton widths={[30, 90, 90]} height={16} />
      ) : (
        <div className={people.columns}>
          <div>
            <Members team={data.doc} />
            <RecordHistory kind={KIND} id={id} title={t('historyTitle')} />
          </div>
          <div>
            <Card title={t('details')}>
              <TeamForm key={id} team={data.doc} revision={data.revision} />
            </Card>
            <Card title={t('teamsBelow')} count={below.length || undefined}>
              {below.length === 0 ? (
                <span className="faint sm">{t('noneBelow')}</span>
              ) : (
                <ul>
                  {below.map((one) => (
                    <li key={one.id} className={css.member}>
                      <RecordName kind={KIND} id={one.id} name={one.name} />
                    </li>
                  ))}
                </ul>
              )}
            </Card>
            {may('remove', KIND) && (
              <RemoveRecord
                kind={KIND}
                id={id}
                text={t('remove')}
                said={t('removed', { name: data.doc.name })}
                list="/settings/teams"
                besides={['workspace.user']}
              />
            )}
          </div>
        </div>
      )}
    </SettingsPage>
  );
}

function TeamForm({ team, revision }: { team: Team; revision: number | undefined }) {
  const [t, fieldOf, may] = [useTeamTexts(), useFieldTexts(), useMay()];
  const saving = useSaving<Team>({
    shown: { doc: team, revision },
    service: 'workspace',
    read: async () => {
      const answer = await api.get('/teams/{id}', { params: { id: team.id } });
      return { doc: answer.data, revision: answer.revision };
    },
    send: (changes, act, ifMatch) => api.send('patch', `/teams/${team.id}`, changes, { act, ifMatch }),
    said: () => t('changed', { name: team.name }),
    done: () => refresh('workspace.team', 'workspace.user'),
  });
  const { value, set, problem } = saving;
  const readOnly = !may('manage', KIND);
  return (
    <form
      className={settingsCss.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (value.name.trim()) void saving.save();
      }}
    >
      <SavingNotice saving={saving} label={fieldOf} show={(field, one) => <FieldValue kind={KIND} field={field} value={one} plain />} />
      <TextInput
        label={fieldOf('name')}
        dir="auto"
        maxLength={200}
        readOnly={readOnly}
        value={value.name}
        error={value.name.trim() === '' ? t('nameMissing') : problem?.of('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <RecordPicker
        kind={KIND}
        label={fieldOf('parentId')}
        description={t('parentHint')}
        value={value.parentId}
        clearable
        readOnly={readOnly}
        error={problem?.of('parentId')}
        onChange={(parentId) => set({ parentId })}
      />
      {!readOnly && <SavingActs saving={saving} />}
    </form>
  );
}

/** Who is in a team: added and taken out at once, with a way back. */
function Members({ team }: { team: Team }) {
  const [t, may, acts] = [useTeamTexts(), useMay(), useActs()];
  const { data } = useQuery(membersQuery);
  const manages = may('manage', 'workspace.user');
  const members = data?.filter(({ teamId }) => teamId === team.id);
  const leaders = new Set(members?.flatMap(({ managerId }) => managerId ?? []));
  const move = async (id: string, teamId: string | null) => {
    const person = await nameOnce('workspace.user', id);
    await acts.attempt(
      'workspace',
      (act) => api.patch('/users/{id}', { params: { id }, body: { teamId }, act }),
      () => (teamId ? t('memberAdded', { person, team: team.name }) : t('memberTaken', { person })),
    );
    await refresh('workspace.team', 'workspace.user');
  };
  return (
    <Card title={t('members')} count={members?.length || undefined}>
      {!members ? (
        <Skeleton widths={[40, 50, 45]} height={16} />
      ) : members.length === 0 ? (
        <p className="sm muted">{t('noMembers')}</p>
      ) : (
        <ul>
          {members.map(({ id, name }) => (
            <li key={id} className={css.member}>
              <Avatar id={id} name={name} />
              <RecordName kind="workspace.user" id={id} name={name} className="medium plain-link" />
              {leaders.has(id) && <Badge tone="act">{t('leads')}</Badge>}
              {manages && (
                <ActionIcon className="end" aria-label={t('takeOut', { name })} onClick={() => void move(id, null)}>
                  <Icon name="x" size="s" />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {manages && (
        <div style={{ marginTop: 12, maxWidth: 360 }}>
          <RecordPicker
            kind="workspace.user"
            ariaLabel={t('addMember')}
            label={t('addMember')}
            value={undefined}
            onChange={(id) => id && void move(id, team.id)}
          />
        </div>
      )}
    </Card>
  );
}

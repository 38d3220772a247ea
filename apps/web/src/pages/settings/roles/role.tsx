import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import type { Schemas } from '../../../api/schema.ts';
import { useFormat } from '../../../format/use-format.ts';
import { refresh } from '../../../queries/refresh.ts';
import { Avatar } from '../../../parts/avatar.tsx';
import { Card } from '../../../parts/card.tsx';
import type { Grant } from '../../../parts/grants/grant-sentence.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Notice, ProblemNotice } from '../../../parts/notice.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { someQuery } from '../../../queries/lists.ts';
import { useHolds, useMay, useMe } from '../../../queries/me.ts';
import { recordQuery } from '../../../queries/records.ts';
import { seeAs, seeingAs } from '../../../session/seeing-as.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { useRoleTexts } from '../../../texts/roles/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import people from '../people/people.module.css';
import { RecordHistory } from '../record-history.tsx';
import { RemoveRecord } from '../remove-record.tsx';
import { SettingsPage } from '../settings-page.tsx';
import settingsCss from '../settings.module.css';
import teams from '../teams/teams.module.css';
import { SavingActs, SavingNotice, useSaving } from '../use-saving.tsx';
import { GrantEditor, GrantList, isWholeGrant } from './grant-editor.tsx';
import { HiddenFields, useHiddenNames } from './hidden-fields.tsx';
import { ADMINISTRATOR } from './starting-roles.ts';

export const route = createLazyRoute('/shell/settings/roles/$id')({ component: OneRole });
const from = getRouteApi('/shell/settings/roles/$id');
const KIND = 'workspace.role';
type Role = Schemas['view.workspace.role-row'];

/** A role: what it allows and hides, and who has it. */
function OneRole() {
  const { id } = from.useParams();
  const [t, settings, parts, may] = [useRoleTexts(), useSettingsTexts(), usePartTexts(), useMay()];
  const { data, error, refetch } = useQuery(recordQuery(KIND, id));
  return (
    <SettingsPage title={data?.doc.name ?? parts('loading')} crumbs={[{ text: settings('roles'), to: '/settings/roles' }]}>
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton widths={[30, 90, 90]} height={16} />
      ) : (
        <div className={people.columns}>
          <div>
            {id === ADMINISTRATOR && <Notice icon="lock">{t('stays')}</Notice>}
            <RoleForm key={id} role={data.doc} revision={data.revision} />
            <RecordHistory kind={KIND} id={id} title={t('historyTitle')} />
          </div>
          <div>
            <Holders role={data.doc} />
            {may('remove', KIND) && id !== ADMINISTRATOR && (
              <RemoveRecord kind={KIND} id={id} text={t('remove')} said={t('removed', { name: data.doc.name })} list="/settings/roles" />
            )}
          </div>
        </div>
      )}
    </SettingsPage>
  );
}

type Edited = { name: string; grants: Grant[]; hidden: string[] };
const edited = ({ name, grants, hidden = [] }: Role): Edited => ({ name, grants, hidden });

function RoleForm({ role, revision }: { role: Role; revision: number | undefined }) {
  const [t, may, format, hiddenName] = [useRoleTexts(), useMay(), useFormat(), useHiddenNames()];
  const [explain, setExplain] = useState(false);
  const saving = useSaving<Edited>({
    shown: { doc: edited(role), revision },
    service: 'workspace',
    read: async () => {
      const answer = await api.get('/roles/{id}', { params: { id: role.id } });
      return { doc: edited(answer.data), revision: answer.revision };
    },
    send: (changes, act, ifMatch) => api.send('patch', `/roles/${role.id}`, changes, { act, ifMatch }),
    said: () => t('changed', { name: role.name }),
    done: () => refresh('workspace.role'),
  });
  const { value, set, problem } = saving;
  const readOnly = !may('manage', KIND) || role.id === ADMINISTRATOR;
  const labels: Record<string, string> = { name: t('name'), grants: t('grants'), hidden: t('hidden') };
  const show = (field: string, one: unknown) =>
    field === 'grants' ? (
      <GrantList grants={one as Grant[]} />
    ) : field === 'hidden' ? (
      format.list((one as string[]).map(hiddenName))
    ) : (
      String(one)
    );
  return (
    <form
      className={settingsCss.page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const whole = value.name.trim() !== '' && value.grants.every(isWholeGrant);
        setExplain(!whole);
        if (whole) void saving.save();
      }}
    >
      <Card title={t('grants')} count={t('grantsHint')}>
        <div className={people.stack}>
          <SavingNotice saving={saving} label={(field) => labels[field] ?? field} show={show} />
          <TextInput
            label={t('name')}
            dir="auto"
            maxLength={60}
            readOnly={readOnly}
            style={{ maxWidth: 360 }}
            value={value.name}
            error={value.name.trim() === '' ? t('nameMissing') : problem?.of('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          {readOnly ? (
            <GrantList grants={value.grants} />
          ) : (
            <GrantEditor value={value.grants} onChange={(grants) => set({ grants })} explain={explain} />
          )}
          {problem?.of('grants') && <p className="xs attn">{problem.of('grants')}</p>}
        </div>
      </Card>
      <Card title={t('hidden')}>
        <div className={people.stack}>
          <p className="muted">{t('hiddenHint')}</p>
          <HiddenFields value={value.hidden} readOnly={readOnly} onChange={(hidden) => set({ hidden })} />
          {problem?.of('hidden') && <p className="xs attn">{problem.of('hidden')}</p>}
        </div>
      </Card>
      {!readOnly && <SavingActs saving={saving}>{explain && <span className="sm attn">{t('incomplete')}</span>}</SavingActs>}
    </form>
  );
}

const SHOWN = 8;

/** Who has the role, and what the product looks like with it. */
function Holders({ role }: { role: Role }) {
  const [t, me, holds] = [useRoleTexts(), useMe(), useHolds()];
  const filter = `roleIds has ${JSON.stringify(role.id)} and active eq true`;
  const { data } = useQuery(someQuery('workspace.user', { filter, sort: 'name' }, SHOWN));
  const maySee = holds('manage', 'workspace', 'everywhere') && seeingAs() === undefined;
  const example = data?.find(({ id }) => id !== me.id);
  return (
    <Card title={t('people')}>
      {!data ? (
        <Skeleton widths={[60, 50]} />
      ) : data.length === 0 ? (
        <span className="faint sm">{t('nobody')}</span>
      ) : (
        <ul>
          {data.map(({ id, name }) => (
            <li key={id} className={teams.member}>
              <Avatar id={id} name={name} />
              <RecordName kind="workspace.user" id={id} name={name} className="plain-link ellipsis" />
            </li>
          ))}
        </ul>
      )}
      <div className="row wrap" style={{ marginTop: 10 }}>
        {data && data.length > 0 && (
          <Link to="/settings/people" search={{ filter }} className="sm">
            {t('seePeople')}
          </Link>
        )}
        {maySee && example && (
          <Button leftSection={<Icon name="eye" size="s" />} onClick={() => seeAs(example.id)}>
            {t('seeAs', { name: example.name })}
          </Button>
        )}
      </div>
    </Card>
  );
}

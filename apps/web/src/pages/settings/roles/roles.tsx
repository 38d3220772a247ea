import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schemas } from '../../../api/schema.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { countQuery, someQuery } from '../../../queries/lists.ts';
import { useMay } from '../../../queries/me.ts';
import { useRoleTexts } from '../../../texts/roles/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { SettingsPage } from '../settings-page.tsx';
import settingsCss from '../settings.module.css';
import { GrantList } from './grant-editor.tsx';
import { useHiddenNames } from './hidden-fields.tsx';
import { NewRole } from './new-role.tsx';
import css from './roles.module.css';
import { STARTING_ROLES } from './starting-roles.ts';

export const route = createLazyRoute('/shell/settings/roles')({ component: Roles });

type Role = Schemas['view.workspace.role-row'];
const MOST = 200;

/** The roles, each with what it allows in sentences, and who has it. */
function Roles() {
  const [t, settings, may] = [useRoleTexts(), useSettingsTexts(), useMay()];
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery(someQuery('workspace.role', { sort: 'name' }, MOST));
  const place = ({ id }: Role) => (STARTING_ROLES.includes(id) ? STARTING_ROLES.indexOf(id) : STARTING_ROLES.length);
  return (
    <SettingsPage
      title={settings('roles')}
      about={settings('rolesAbout')}
      acts={
        may('manage', 'workspace.role') && (
          <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setMaking(true)}>
            {t('new')}
          </Button>
        )
      }
    >
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton widths={[80, 90, 85, 70]} height={18} />
      ) : (
        <ul className={settingsCss.panelList}>
          {data
            .toSorted((a, b) => place(a) - place(b))
            .map((role) => (
              <Row key={role.id} role={role} />
            ))}
        </ul>
      )}
      <NewRole opened={making} onClose={() => setMaking(false)} />
    </SettingsPage>
  );
}

function Row({ role }: { role: Role }) {
  const [t, format, hiddenName] = [useRoleTexts(), useFormat(), useHiddenNames()];
  const filter = `roleIds has ${JSON.stringify(role.id)} and active eq true`;
  const { data: count } = useQuery(countQuery('workspace.user', { filter }));
  return (
    <li className={css.role}>
      <div>
        <h2>
          <Link to="/settings/roles/$id" params={{ id: role.id }}>
            <bdi>{role.name}</bdi>
          </Link>
        </h2>
        <span className="xs muted">{t(STARTING_ROLES.includes(role.id) ? 'starting' : 'own')}</span>
      </div>
      <div>
        <GrantList grants={role.grants} />
        {role.hidden && role.hidden.length > 0 && (
          <p className="sm muted" style={{ marginTop: 4 }}>
            {t('hides', { fields: format.list(role.hidden.map(hiddenName)) })}
          </p>
        )}
      </div>
      <span className={css.who}>
        {count === undefined ? (
          ''
        ) : count === '0' ? (
          t('nobody')
        ) : (
          <Link to="/settings/people" search={{ filter }}>
            {t('holders', { n: Number.parseInt(count, 10) })}
          </Link>
        )}
      </span>
    </li>
  );
}

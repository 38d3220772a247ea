import { api } from '../../../api/api.ts';
import type { User } from '../../../api/kinds.ts';
import { queryClient } from '../../../queries/client.ts';
import { useMay } from '../../../queries/me.ts';
import { recordQuery } from '../../../queries/records.ts';
import { refresh } from '../../../queries/refresh.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import css from './people.module.css';
import { RoleChecks } from './role-checks.tsx';

/** Gives and takes roles: shown at once, and put back where it is refused. */
export function PersonRoles({ user }: { user: User }) {
  const [t, acts, may] = [usePeopleTexts(), useActs(), useMay()];
  const { queryKey } = recordQuery('workspace.user', user.id);
  const toggle = async (role: string, on: boolean, roleName: string) => {
    const roleIds = on ? [...user.roleIds, role] : user.roleIds.filter((one) => one !== role);
    const before = queryClient.getQueryData(queryKey);
    if (before) queryClient.setQueryData(queryKey, { ...before, doc: { ...before.doc, roleIds } });
    const done = await acts.attempt(
      'workspace',
      (act) => api.put('/users/{id}/roles', { params: { id: user.id }, body: { roleIds }, act }),
      () => t(on ? 'roleGiven' : 'roleTaken', { name: user.name, role: roleName }),
    );
    if (!done && before) queryClient.setQueryData(queryKey, before);
    await refresh('workspace.user');
  };
  return (
    <div className={css.stack}>
      <p className="muted">{user.roleIds.length === 0 ? t('rolesNone') : t('rolesHint')}</p>
      <RoleChecks value={user.roleIds} readOnly={!may('manage', 'workspace.user')} onToggle={(id, on, name) => void toggle(id, on, name)} />
    </div>
  );
}

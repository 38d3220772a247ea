import { asEmail, asFlag, asText, asZone, column, columns, emailKey, nameKey, refTo, type Named } from '#records';
import { userKey } from '#service';
import { teamRow } from '../team/team-row.ts';
import type { User } from './user.ts';
import { userRow } from './user-row.ts';

const exact = (text: string) => text;

/** People in files. A team or a manager that is named and not there comes about by being named. */
export const userColumns = columns(
  {
    externalId: column('External id', asText(100), 'user id', 'employee id'),
    name: column('Name', asText(200), 'user', 'full name', 'sales agent', 'agent', 'sales rep', 'employee', 'owner'),
    email: column('E-mail', asEmail, 'email', 'email address', 'username'),
    team: refTo<Named>(
      'Team',
      {
        view: teamRow,
        by: 'nameKey',
        key: nameKey,
        make: { kind: 'workspace.team', command: 'create', data: (name) => ({ name }) },
      },
      'office',
      'regional office',
      'department',
      'group',
      'teamId',
    ),
    manager: refTo<Named>(
      'Manager',
      {
        view: userRow,
        by: 'keys',
        list: true,
        key: userKey,
        self: 'name',
        make: {
          kind: 'workspace.user',
          command: 'create',
          data: (name, { team }) => ({ name, ...(team ? { teamId: (team as Named).id } : {}) }),
        },
      },
      'reports to',
      'managerId',
      'supervisor',
    ),
    language: column('Language', asText(35), 'locale'),
    zone: column('Time zone', asZone, 'timezone'),
    active: column('Active', asFlag, 'is active', 'enabled'),
  },
  {
    keys: {
      externalId: { view: userRow, field: 'externalId', key: exact },
      email: { view: userRow, field: 'email', key: emailKey },
      name: { view: userRow, field: 'keys', list: true, key: nameKey },
    },
    required: ['name'],
    steps: ({ team, manager, active, custom: _, ...plain }, was: User | undefined) => {
      const data = { ...plain, ...(team ? { teamId: team.id } : {}), ...(manager ? { managerId: manager.id } : {}) };
      if (!was) return [{ command: 'create', data: { ...data, ...(active === undefined ? {} : { active }) } }];
      const switched = active === undefined || active === was.active ? [] : [{ command: active ? 'reactivate' : 'deactivate', data: {} }];
      return [{ command: 'change', data }, ...switched];
    },
    link: (_, managerId) => ({ command: 'change', data: { managerId } }),
  },
);

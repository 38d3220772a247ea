import { act, create, decider, fold, foldText, on, reject, start, uuidV5 } from '#model';
import { RoleChanged, RoleCreated, RoleRemoved } from '#events/workspace/role';
import { cleanText } from '#records';
import { ChangeRole, CreateRole, RemoveRole } from './role.commands.ts';

export type Role = Parameters<typeof RoleCreated>[0];

/** The id of a role that every tenant starts with: the same everywhere, so that it can be given before it is looked up. */
export const startingRole = (name: string): string => uuidV5('workspace.role', name);
const ADMINISTRATOR = startingRole('administrator');

const evolve = fold<Role>(
  start(RoleCreated, (e) => e.data),
  on(RoleChanged, (role, e) => RoleChanged.apply(role, e)),
);
// Were it changed, nobody might be left who can change it back.
const stays = reject('administrator-stays', { hint: 'make a role of its own for lesser administrators' });

/** What people with it may do; data, which a tenant changes as it likes. */
export const role = decider(
  'workspace.role',
  evolve,
  {
    create: create(CreateRole, (command) => RoleCreated({ ...command, name: cleanText(command.name) }), {
      undo: 'remove',
      ability: 'manage',
    }),
    change: act(
      ChangeRole,
      (role, patch, { id }) =>
        id === ADMINISTRATOR
          ? stays
          : RoleChanged.between(role, { ...patch, ...(patch.name === undefined ? {} : { name: cleanText(patch.name) }) }),
      { undo: 'change', ability: 'manage' },
    ),
    remove: act(RemoveRole, (_, __, { id }) => (id === ADMINISTRATOR ? stays : RoleRemoved({})), { ability: 'remove', undo: 'restore' }),
  },
  { unique: { name: (role) => foldText(role.name) } },
);

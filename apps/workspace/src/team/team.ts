import { act, create, decider, fold, foldText, maybe, on, reject, start, state } from '#model';
import { TeamChanged, TeamCreated } from '#events/workspace/team';
import { cleanText } from '#records';
import { ChangeTeam, CreateTeam } from './team.commands.ts';

export type Team = Parameters<typeof TeamCreated>[0];

const evolve = fold<Team>(
  start(TeamCreated, (e) => e.data),
  on(TeamChanged, (team, e) => TeamChanged.apply(team, e)),
);
const self = state('workspace.team', evolve);
const unknownParent = reject('unknown-record', { record: 'parent' });

export const team = decider(
  'workspace.team',
  evolve,
  {
    create: create(
      CreateTeam,
      (c) => ({ parent: maybe(self, c.parentId) }),
      (command, { found }) =>
        command.parentId && !found.parent ? unknownParent : TeamCreated({ ...command, name: cleanText(command.name) }),
      { undo: 'remove', ability: 'manage' },
    ),

    change: act(
      ChangeTeam,
      (c) => ({ parent: maybe(self, c.parentId ?? undefined) }),
      (team, patch, { id, found }) => {
        if (patch.parentId && !found.parent) return unknownParent;
        // One step is all that can be seen here; longer circles are passed over where reach is worked out.
        if (patch.parentId && (patch.parentId === id || found.parent?.parentId === id))
          return reject('teams-in-a-circle', { parentId: patch.parentId });
        return TeamChanged.between(team, { ...patch, ...(patch.name === undefined ? {} : { name: cleanText(patch.name) }) });
      },
      { undo: 'change', ability: 'manage' },
    ),
  },
  { unique: { name: (team) => foldText(team.name) } },
);

import { IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { act, create, decider, fold, Id, on, Optional, projection, Ref, reject, start, Text } from '#model';
import { TeamChanged, TeamCreated } from '#events/workspace/team';

export class CreateTeam {
  @IsString() @Length(1, 100) name!: string;
  @IsOptional() @IsUUID() parentId?: string;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string;
}
export class ChangeTeam {
  @IsOptional() @IsString() @Length(1, 100) name?: string;
  @IsOptional() @IsUUID() parentId?: string | null;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string | null;
}

export type Team = Parameters<typeof TeamCreated>[0];
const evolve = fold<Team>(
  start(TeamCreated, (e) => e.data),
  on(TeamChanged, (team, e) => TeamChanged.apply(team, e)),
);

export const team = decider(
  'workspace.team',
  evolve,
  {
    create: create(CreateTeam, (command) => TeamCreated(command), { undo: 'remove', ability: 'manage' }),
    change: act(ChangeTeam, (team, patch, { id }) => (patch.parentId === id ? reject('parent-in-a-circle') : TeamChanged.between(team, patch)), { undo: 'change', ability: 'manage' }),
  },
  { unique: { name: (team) => team.name.toLowerCase() } },
);

export const teamRow = projection(
  'workspace.team-row',
  { id: Id, name: Text, parentId: Optional(Ref('workspace.team')), externalId: Optional(Text) },
  { version: 1, access: 'everyone', indexes: [['name'], ['parentId', 'name'], ['externalId']], words: ['name'] },
  start(TeamCreated, (e) => ({ ...e.data, id: e.recordId })),
  on(TeamChanged, (row, e) => TeamChanged.apply(row, e)),
);

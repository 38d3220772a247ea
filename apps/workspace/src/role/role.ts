import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { act, create, decider, fold, Id, List, on, Optional, projection, start, Text } from '#model';
import { Grant, RoleChanged, RoleCreated } from '#events/workspace/role';

/** `can`: abilities or `*`; `on`: kinds (`sales.opportunity`), services or `*`; `reach`: whose records. */
export class GrantForm {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(30) @IsString({ each: true }) @Length(1, 40, { each: true }) can!: string[];
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @IsString({ each: true }) @Length(1, 80, { each: true }) on!: string[];
  @IsIn(['own', 'team', 'all']) reach!: 'own' | 'team' | 'all';
}
const HIDDEN = /^[a-z]+\.[a-z-]+\.[A-Za-z][A-Za-z0-9]*$/;
export class CreateRole {
  @IsString() @Length(1, 100) name!: string;
  @IsArray() @ArrayMaxSize(100) @ValidateNested({ each: true }) @Type(() => GrantForm) grants!: GrantForm[];
  @IsOptional() @IsArray() @ArrayMaxSize(200) @Matches(HIDDEN, { each: true, message: '$property must name fields such as sales.opportunity.value' }) hidden?: string[];
}
export class ChangeRole {
  @IsOptional() @IsString() @Length(1, 100) name?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(100) @ValidateNested({ each: true }) @Type(() => GrantForm) grants?: GrantForm[];
  @IsOptional() @IsArray() @ArrayMaxSize(200) @Matches(HIDDEN, { each: true, message: '$property must name fields such as sales.opportunity.value' }) hidden?: string[] | null;
}

export type Role = Parameters<typeof RoleCreated>[0];
const evolve = fold<Role>(
  start(RoleCreated, (e) => e.data),
  on(RoleChanged, (role, e) => RoleChanged.apply(role, e)),
);

export const role = decider(
  'workspace.role',
  evolve,
  {
    create: create(CreateRole, (command) => RoleCreated(command), { undo: 'remove', ability: 'manage' }),
    change: act(ChangeRole, (role, patch) => RoleChanged.between(role, patch), { undo: 'change', ability: 'manage' }),
  },
  { unique: { name: (role) => role.name.toLowerCase() } },
);

export const roleRow = projection(
  'workspace.role-row',
  { id: Id, name: Text, grants: List(Grant), hidden: Optional(List(Text)) },
  { version: 1, access: 'everyone', indexes: [['name']], words: ['name'] },
  start(RoleCreated, (e) => ({ ...e.data, id: e.recordId })),
  on(RoleChanged, (row, e) => RoleChanged.apply(row, e)),
);

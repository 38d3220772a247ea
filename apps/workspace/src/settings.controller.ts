import { createHash, randomBytes } from 'node:crypto';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsISO8601, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { Commands, context, ListQuery, validateForm, Views } from '#service';
import { apiKey, apiKeyRow, RevokeApiKey } from './api-key/api-key.ts';
import { ChangeRole, CreateRole, GrantForm, role, roleRow } from './role/role.ts';
import { ChangeTeam, CreateTeam, team, teamRow } from './team/team.ts';
import { ChangeTenant } from './tenant/tenant.commands.ts';
import { tenant, tenantRow } from './tenant/tenant.ts';

@Controller('teams')
export class TeamController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
  ) {}
  @Get() list(@Query() query: ListQuery) { return this.views.list(teamRow, query); }
  @Post() create(@Body() body: CreateTeam) { return this.commands.create(team, 'create', body); }
  @Get(':id') one(@Param('id') id: string) { return this.views.get(teamRow, id); }
  @Patch(':id') change(@Param('id') id: string, @Body() body: ChangeTeam) { return this.commands.run(team, id, 'change', body); }
}

@Controller('roles')
export class RoleController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
  ) {}
  @Get() list(@Query() query: ListQuery) { return this.views.list(roleRow, query); }
  @Post() create(@Body() body: CreateRole) { return this.commands.create(role, 'create', body); }
  @Get(':id') one(@Param('id') id: string) { return this.views.get(roleRow, id); }
  @Patch(':id') change(@Param('id') id: string, @Body() body: ChangeRole) { return this.commands.run(role, id, 'change', body); }
}

/** The tenant's own settings; there is one, and it is the caller's. */
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
  ) {}
  @Get() one() { return this.views.get(tenantRow, context().tenant); }
  @Patch() change(@Body() body: ChangeTenant) { return this.commands.run(tenant, context().tenant, 'change', body); }
}

export class NewApiKey {
  @IsString() @Length(1, 100) name!: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => GrantForm) scopes!: GrantForm[];
  @IsOptional() @IsISO8601({ strict: true }) expiresAt?: string;
}

@Controller('api-keys')
export class ApiKeyController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
  ) {}
  @Get() list(@Query() query: ListQuery) { return this.views.list(apiKeyRow, query); }
  /** The only answer that ever shows the key; a retry shows none, for it is not kept. */
  @Post()
  async issue(@Body() body: NewApiKey) {
    const form = validateForm(NewApiKey, body);
    const secret = `rpk_${randomBytes(32).toString('base64url')}`;
    const accepted = await this.commands.create(apiKey, 'issue', { ...form, hash: createHash('sha256').update(secret).digest('hex') });
    return { id: accepted.id, name: form.name, key: secret };
  }
  @Post(':id/revoke') revoke(@Param('id') id: string, @Body() body: RevokeApiKey) { return this.commands.run(apiKey, id, 'revoke', body); }
}

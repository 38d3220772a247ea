import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { Commands, context, EraseForm, Erasures, ListQuery, Views } from '#service';
import { user, userRow } from './user.ts';
import { ChangeUser, CreateUser } from './user.commands.ts';

@Controller('users')
export class UserController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
    private readonly erasures: Erasures,
  ) {}
  @Get() list(@Query() query: ListQuery) { return this.views.list(userRow, query); }
  @Post() create(@Body() body: CreateUser) { return this.commands.create(user, 'create', body); }
  @Get(':id') one(@Param('id') id: string) { return this.views.get(userRow, id); }
  @Patch(':id') change(@Param('id') id: string, @Body() body: ChangeUser) { return this.commands.run(user, id, 'change', body); }
  @Post(':id/erase') @HttpCode(200) erase(@Param('id') id: string, @Body() body: EraseForm) { return this.erasures.erase(user, userRow, id, body); }
  @Get(':id/erasure') certificate(@Param('id') id: string) { return this.erasures.certificate(user, id); }
}

/** Who is asking, and what they may do: what pages offer follows from it. */
@Controller('me')
export class MeController {
  constructor(private readonly views: Views) {}
  @Get()
  async me() {
    const { actor, tenant, permissions } = context();
    const [found] = permissions.may('read', 'workspace.user') ? await this.views.many(userRow, [actor]) : [];
    const abilities = ['contacts.contact', 'contacts.account', 'contacts.activity', 'sales.opportunity', 'sales.product', 'sales.pipeline', 'workspace.user', 'workspace.team', 'workspace.role'].map((kind) => ({
      kind,
      may: ABILITIES.filter((ability) => permissions.may(ability, kind)),
      hidden: permissions.hidden(kind),
    }));
    return { id: actor, tenant, ...(found ? { user: found } : {}), abilities };
  }
}
const ABILITIES = ['read', 'create', 'change', 'remove', 'erase', 'merge', 'import', 'export', 'undo', 'manage'];

import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { Commands, EraseForm, Erasures, ListQuery, Views } from '#service';
import { AssignRoles, ChangeUser, CreateUser, DeactivateUser, ReactivateUser } from './user.commands.ts';
import { user } from './user.ts';
import { userRow } from './user-row.ts';

@Controller('users')
export class UserController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Views) private readonly views: Views,
    @Inject(Erasures) private readonly erasures: Erasures,
  ) {}

  @Get()
  list(@Query() query: ListQuery) {
    return this.views.list(userRow, query);
  }

  @Post()
  create(@Body() body: CreateUser) {
    return this.commands.create(user, 'create', body);
  }

  @Get(':id')
  one(@Param('id') id: string) {
    return this.views.get(userRow, id);
  }

  @Patch(':id')
  change(@Param('id') id: string, @Body() body: ChangeUser) {
    return this.commands.run(user, id, 'change', body);
  }

  @Put(':id/roles')
  assignRoles(@Param('id') id: string, @Body() body: AssignRoles) {
    return this.commands.run(user, id, 'assignRoles', body);
  }

  @Post(':id/deactivate')
  deactivate(@Param('id') id: string, @Body() body: DeactivateUser) {
    return this.commands.run(user, id, 'deactivate', body);
  }

  @Post(':id/reactivate')
  reactivate(@Param('id') id: string, @Body() body: ReactivateUser) {
    return this.commands.run(user, id, 'reactivate', body);
  }

  @Post(':id/erase')
  @HttpCode(200)
  erase(@Param('id') id: string, @Body() body: EraseForm) {
    return this.erasures.erase(user, userRow, id, body);
  }

  @Get(':id/erasure')
  certificate(@Param('id') id: string) {
    return this.erasures.certificate(user, id);
  }
}

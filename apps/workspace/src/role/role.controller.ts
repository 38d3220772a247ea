import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { Commands, ListQuery, Views } from '#service';
import { ChangeRole, CreateRole } from './role.commands.ts';
import { role } from './role.ts';
import { roleRow } from './role-row.ts';

@Controller('roles')
export class RoleController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Views) private readonly views: Views,
  ) {}

  @Get()
  list(@Query() query: ListQuery) {
    return this.views.list(roleRow, query);
  }

  @Post()
  create(@Body() body: CreateRole) {
    return this.commands.create(role, 'create', body);
  }

  @Get(':id')
  one(@Param('id') id: string) {
    return this.views.get(roleRow, id);
  }

  @Patch(':id')
  change(@Param('id') id: string, @Body() body: ChangeRole) {
    return this.commands.run(role, id, 'change', body);
  }
}

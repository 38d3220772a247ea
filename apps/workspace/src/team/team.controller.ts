import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { Commands, ListQuery, Views } from '#service';
import { ChangeTeam, CreateTeam } from './team.commands.ts';
import { team } from './team.ts';
import { teamRow } from './team-row.ts';

@Controller('teams')
export class TeamController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Views) private readonly views: Views,
  ) {}

  @Get()
  list(@Query() query: ListQuery) {
    return this.views.list(teamRow, query);
  }

  @Post()
  create(@Body() body: CreateTeam) {
    return this.commands.create(team, 'create', body);
  }

  @Get(':id')
  one(@Param('id') id: string) {
    return this.views.get(teamRow, id);
  }

  @Patch(':id')
  change(@Param('id') id: string, @Body() body: ChangeTeam) {
    return this.commands.run(team, id, 'change', body);
  }
}

import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { Commands, ListQuery, Views } from '#service';
import { activity } from './activity.ts';
import { ChangeActivity, CompleteActivity, RecordActivity, ReopenActivity } from './activity.commands.ts';
import { activityRow } from './activity-row.ts';

@Controller('activities')
export class ActivityController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
  ) {}
  @Get() list(@Query() query: ListQuery) {
    return this.views.list(activityRow, query);
  }
  @Post() record(@Body() body: RecordActivity) {
    return this.commands.create(activity, 'record', body);
  }
  @Get(':id') one(@Param('id') id: string) {
    return this.views.get(activityRow, id);
  }
  @Patch(':id') change(@Param('id') id: string, @Body() body: ChangeActivity) {
    return this.commands.run(activity, id, 'change', body);
  }
  @Post(':id/complete') complete(@Param('id') id: string, @Body() body: CompleteActivity) {
    return this.commands.run(activity, id, 'complete', body);
  }
  @Post(':id/reopen') reopen(@Param('id') id: string, @Body() body: ReopenActivity) {
    return this.commands.run(activity, id, 'reopen', body);
  }
}

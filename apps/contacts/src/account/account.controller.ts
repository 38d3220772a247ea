import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { Commands, HistoryQuery, ListQuery, MomentQuery, noteHistory, Views } from '#service';
import { ACCOUNT, Customer360 } from '../customer-360/customer-360.ts';
import { Merge, Unmerge } from '../merge.commands.ts';
import { account } from './account.ts';
import { ChangeAccount, CreateAccount } from './account.commands.ts';
import { accountCard } from './account-views.ts';

@Controller('accounts')
export class AccountController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
    private readonly customers: Customer360,
  ) {}
  @Get() list(@Query() query: ListQuery) {
    return this.views.list(accountCard, query);
  }
  @Post() create(@Body() body: CreateAccount) {
    return this.commands.create(account, 'create', body);
  }
  @Get(':id') one(@Param('id') id: string) {
    return this.customers.one(ACCOUNT, id);
  }
  @Patch(':id') change(@Param('id') id: string, @Body() body: ChangeAccount) {
    return this.commands.run(account, id, 'change', body);
  }
  @Post(':id/merge') merge(@Param('id') id: string, @Body() body: Merge) {
    return this.commands.run(account, id, 'merge', body);
  }
  @Post(':id/unmerge') unmerge(@Param('id') id: string, @Body() body: Unmerge) {
    return this.commands.run(account, id, 'unmerge', body);
  }
  @Get(':id/360') whole(@Param('id') id: string, @Query() at: MomentQuery) {
    return this.customers.whole(ACCOUNT, id, at);
  }
  @Get(':id/lifeline') lifeline(@Param('id') id: string) {
    return this.customers.lifeline(ACCOUNT, id);
  }
  @Get(':id/timeline') async timeline(@Param('id') id: string, @Query() query: HistoryQuery) {
    return noteHistory(await this.customers.timeline(ACCOUNT, id, query));
  }
}

import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { Commands, EraseForm, Erasures, HistoryQuery, ListQuery, MomentQuery, noteHistory, Views } from '#service';
import { CONTACT, Customer360 } from '../customer-360/customer-360.ts';
import { Merge, Unmerge } from '../merge.commands.ts';
import { contact } from './contact.ts';
import { ChangeContact, CreateContact } from './contact.commands.ts';
import { contactCard, contactRow } from './contact-views.ts';

@Controller('contacts')
export class ContactController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
    private readonly customers: Customer360,
    private readonly erasures: Erasures,
  ) {}
  @Get() list(@Query() query: ListQuery) {
    return this.views.list(contactCard, query);
  }
  @Post() create(@Body() body: CreateContact) {
    return this.commands.create(contact, 'create', body);
  }
  @Get(':id') one(@Param('id') id: string) {
    return this.customers.one(CONTACT, id);
  }
  @Patch(':id') change(@Param('id') id: string, @Body() body: ChangeContact) {
    return this.commands.run(contact, id, 'change', body);
  }
  @Post(':id/merge') merge(@Param('id') id: string, @Body() body: Merge) {
    return this.commands.run(contact, id, 'merge', body);
  }
  @Post(':id/unmerge') unmerge(@Param('id') id: string, @Body() body: Unmerge) {
    return this.commands.run(contact, id, 'unmerge', body);
  }
  @Get(':id/360') whole(@Param('id') id: string, @Query() at: MomentQuery) {
    return this.customers.whole(CONTACT, id, at);
  }
  @Get(':id/lifeline') lifeline(@Param('id') id: string) {
    return this.customers.lifeline(CONTACT, id);
  }
  @Get(':id/timeline') async timeline(@Param('id') id: string, @Query() query: HistoryQuery) {
    return noteHistory(await this.customers.timeline(CONTACT, id, query));
  }
  /** The person's key is destroyed: nothing personal can be read any more, anywhere, also in the past. */
  @Post(':id/erase') @HttpCode(200) erase(@Param('id') id: string, @Body() body: EraseForm) {
    return this.erasures.erase(contact, contactRow, id, body);
  }
  @Get(':id/erasure') certificate(@Param('id') id: string) {
    return this.erasures.certificate(contact, id);
  }
}

import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { Commands, ListQuery, Views } from '#service';
import { ChangeView, CreateView } from './view.commands.ts';
import { view } from './view.ts';
import { viewRow } from './view-row.ts';

@Controller('views')
export class ViewController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Views) private readonly views: Views,
  ) {}

  @Get()
  list(@Query() query: ListQuery) {
    return this.views.list(viewRow, query);
  }

  @Post()
  create(@Body() body: CreateView) {
    return this.commands.create(view, 'create', body);
  }

  @Get(':id')
  one(@Param('id') id: string) {
    return this.views.get(viewRow, id);
  }

  @Patch(':id')
  change(@Param('id') id: string, @Body() body: ChangeView) {
    return this.commands.run(view, id, 'change', body);
  }
}

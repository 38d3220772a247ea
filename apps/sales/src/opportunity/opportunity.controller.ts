import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { Commands, ListQuery, MomentQuery, Views } from '#service';
import { Board, BoardQuery } from './board.ts';
import { opportunity } from './opportunity.ts';
import {
  AddLine,
  ChangeLine,
  ChangeOpportunity,
  LoseOpportunity,
  MoveStage,
  OpenOpportunity,
  RemoveLine,
  ReopenOpportunity,
  WinOpportunity,
} from './opportunity.commands.ts';
import { opportunityRow } from './opportunity-row.ts';

@Controller('opportunities')
export class OpportunityController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
    private readonly boards: Board,
  ) {}
  @Get() list(@Query() query: ListQuery) {
    return this.views.list(opportunityRow, query);
  }
  @Post() open(@Body() body: OpenOpportunity) {
    return this.commands.create(opportunity, 'open', body);
  }
  @Get('board') board(@Query() query: BoardQuery) {
    return this.boards.show(query);
  }
  @Get(':id') one(@Param('id') id: string, @Query() at: MomentQuery) {
    return at.asOf || at.knownAt ? this.views.build(opportunityRow, id, at) : this.views.get(opportunityRow, id);
  }
  @Patch(':id') change(@Param('id') id: string, @Body() body: ChangeOpportunity) {
    return this.commands.run(opportunity, id, 'change', body);
  }
  @Post(':id/stage') moveStage(@Param('id') id: string, @Body() body: MoveStage) {
    return this.commands.run(opportunity, id, 'moveStage', body);
  }
  @Post(':id/lines') addLine(@Param('id') id: string, @Body() body: AddLine) {
    return this.commands.run(opportunity, id, 'addLine', body);
  }
  @Post(':id/lines/change') changeLine(@Param('id') id: string, @Body() body: ChangeLine) {
    return this.commands.run(opportunity, id, 'changeLine', body);
  }
  @Post(':id/lines/remove') removeLine(@Param('id') id: string, @Body() body: RemoveLine) {
    return this.commands.run(opportunity, id, 'removeLine', body);
  }
  @Post(':id/win') win(@Param('id') id: string, @Body() body: WinOpportunity) {
    return this.commands.run(opportunity, id, 'win', body);
  }
  @Post(':id/lose') lose(@Param('id') id: string, @Body() body: LoseOpportunity) {
    return this.commands.run(opportunity, id, 'lose', body);
  }
  @Post(':id/reopen') reopen(@Param('id') id: string, @Body() body: ReopenOpportunity) {
    return this.commands.run(opportunity, id, 'reopen', body);
  }
}

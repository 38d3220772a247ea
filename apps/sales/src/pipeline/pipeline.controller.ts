import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { Commands, ListQuery, Views } from '#service';
import { pipeline } from './pipeline.ts';
import { ChangePipeline, CreatePipeline } from './pipeline.commands.ts';
import { pipelineRow } from './pipeline-row.ts';

@Controller('pipelines')
export class PipelineController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
  ) {}
  @Get() list(@Query() query: ListQuery) {
    return this.views.list(pipelineRow, query);
  }
  @Post() create(@Body() body: CreatePipeline) {
    return this.commands.create(pipeline, 'create', body);
  }
  @Get(':id') one(@Param('id') id: string) {
    return this.views.get(pipelineRow, id);
  }
  @Patch(':id') change(@Param('id') id: string, @Body() body: ChangePipeline) {
    return this.commands.run(pipeline, id, 'change', body);
  }
}

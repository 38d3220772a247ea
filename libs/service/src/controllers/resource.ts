import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query, StreamableFile, type Type } from '@nestjs/common';
import type { Decider } from '#model';
import { Commands, Journal, notFound, Views, type Accepted } from '#runtime';
import { HistoryQuery } from '../history-query.ts';
import { ListQuery } from '../list-query.ts';
import { listedView, type NamedParts } from '../contents.ts';
import { runBulk, type BulkResult } from './bulk.ts';
import { exportOf } from './export.ts';
import { RemoveRecord, RestoreRecord, withLifecycle } from './lifecycle.ts';
import { answerMany, noteHistory } from '../http/answers.ts';
import { SERVICE, type Running } from '../tokens.ts';

/** What every kind of record can besides its own commands. One class per resource, for Nest mounts classes. */
export function resourceController(resource: string, decider: Decider<any, any>, parts: NamedParts): Type {
  const full = withLifecycle(decider);
  const listed = listedView(parts, resource);

  @Controller(resource)
  class ResourceController {
    constructor(
      @Inject(Commands) readonly commands: Commands,
      @Inject(Journal) readonly journal: Journal,
      @Inject(Views) readonly views: Views,
      @Inject(SERVICE) readonly running: Running,
    ) {}

    @Post('bulk')
    @HttpCode(200)
    bulk(@Body() body: unknown): Promise<BulkResult[]> {
      return answerMany(this.running.runtime, runBulk(this.commands, full, body));
    }

    @Post(':id/remove')
    remove(@Param('id') id: string, @Body() body: RemoveRecord): Promise<Accepted> {
      return this.commands.run(full, id, 'remove', body);
    }

    @Post(':id/restore')
    restore(@Param('id') id: string, @Body() body: RestoreRecord): Promise<Accepted> {
      return this.commands.run(full, id, 'restore', body);
    }

    @Get(':id/history')
    async history(@Param('id') id: string, @Query() query: HistoryQuery) {
      if (!(await this.views.mayRead(`${decider.kind}/${id}`))) throw notFound();
      return noteHistory(await this.journal.history(decider.kind, id, query));
    }
  }
  if (!listed) return named(ResourceController, resource);

  @Controller(resource)
  class ListedController extends ResourceController {
    constructor(
      @Inject(Commands) commands: Commands,
      @Inject(Journal) journal: Journal,
      @Inject(Views) views: Views,
      @Inject(SERVICE) running: Running,
    ) {
      super(commands, journal, views, running);
    }

    @Get('export')
    @Header('content-type', 'text/csv; charset=utf-8')
    @Header('content-disposition', `attachment; filename="${resource}.csv"`)
    async export(@Query() query: ListQuery): Promise<StreamableFile> {
      return new StreamableFile(await exportOf(this.views, listed!, query));
    }
  }
  return named(ListedController, resource);
}

/** Nest names controllers by their class in what it logs and documents. */
function named(controller: Type, resource: string): Type {
  Object.defineProperty(controller, 'name', { value: `Generic_${resource}` });
  return controller;
}

import { Body, Controller, Get, Header, HttpCode, Inject, Param, Patch, Post, Query, Req, StreamableFile, type Type } from '@nestjs/common';
import { IsBoolean, IsOptional } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import {
  batchOf,
  ChangeImport,
  CancelBatch,
  context,
  invalid,
  Problem,
  unavailable,
  validateForm,
  Views,
  type Accepted,
  type ImportPage,
} from '#runtime';
import { parameter } from '../documents/parameters.ts';
import { answerAccepted, answerMany } from '../http/answers.ts';
import { textProblem } from '../http/json-body.ts';
import { ListQuery } from '../list-query.ts';
import { SERVICE, type Imports, type Running } from '../tokens.ts';

/** A dry run says what stands in the way, and takes nothing back. */
export class UndoImport {
  @IsOptional() @IsBoolean() dryRun?: boolean;
}
/** Nothing need be said to check or to run what was set up. */
export class BeginImport {}

/** `label`: what the import is called in lists. */
export class UploadQuery {
  static readonly parameters = [parameter('label', 'What the import is called in lists.')];
  label?: string;
  static from(raw: Record<string, unknown>): UploadQuery {
    const { label, ...further } = raw;
    const unknown = Object.keys(further)[0];
    if (unknown) throw invalid([{ field: unknown, problem: 'is not known here', hint: 'label' }]);
    if (label !== undefined && (typeof label !== 'string' || label === '' || label.length > 200 || textProblem(label)))
      throw invalid([{ field: 'label', problem: 'is not a text of 1 to 200 characters' }]);
    return label === undefined ? {} : { label };
  }
}

const MOST_FINDINGS = 1_000;

/** `skip` and `limit` (1 to 1,000) of a list of findings. */
export class FindingsQuery {
  static readonly parameters = [
    parameter('skip', 'How many to pass over.', { type: 'integer', minimum: 0, default: 0 }),
    parameter('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: MOST_FINDINGS, default: MOST_FINDINGS }),
  ];
  skip = 0;
  limit = MOST_FINDINGS;
  static from(raw: Record<string, unknown>): FindingsQuery {
    const query = new FindingsQuery();
    for (const [name, value] of Object.entries(raw)) {
      if (name !== 'skip' && name !== 'limit') throw invalid([{ field: name, problem: 'is not known here', hint: 'skip, limit' }]);
      if (typeof value !== 'string' || !/^\d{1,9}$/.test(value) || (name === 'limit' && (value === '0' || Number(value) > MOST_FINDINGS)))
        throw invalid([{ field: name, problem: 'is not a number in its range', hint: name === 'skip' ? '0' : '1 to 1,000' }]);
      query[name] = Number(value);
    }
    return query;
  }
}

/** Files of a kind: taken in, mapped, checked, run, undone. */
export function importsController(resource: string, service: string): Type {
  const kind = batchOf(service);

  @Controller(`${resource}/imports`)
  class ImportsController {
    constructor(
      @Inject(SERVICE) readonly running: Running,
      @Inject(Views) readonly views: Views,
    ) {}

    private get imports(): Imports {
      const { imports } = this.running;
      if (!imports) throw unavailable('imports-unavailable', 'This process takes no files at the moment.', 5);
      return imports;
    }

    @Post()
    @HttpCode(201)
    upload(@Req() request: FastifyRequest, @Query() query: UploadQuery): Promise<Accepted> {
      const source = request.body as AsyncIterable<Uint8Array> | undefined;
      if (!source || typeof source !== 'object' || !(Symbol.asyncIterator in source))
        throw new Problem(415, 'unsupported-media-type', 'Send the file itself as text/csv.', { accepts: ['text/csv'] });
      const charset = /;\s*charset=("?)([^";\s]+)\1/i.exec(request.headers['content-type'] ?? '')?.[2];
      return this.answered(this.imports.batches.upload(resource, source, { ...query, ...(charset ? { charset } : {}) }));
    }

    @Get()
    list(@Query() query: ListQuery) {
      const own = { field: 'resource', op: 'eq' as const, value: resource };
      return this.views.list(kind.row, { ...query, where: query.where ? { and: [own, query.where] } : own });
    }

    @Get(':id')
    page(@Param('id') id: string): Promise<ImportPage> {
      return this.imports.batches.page(resource, id);
    }

    @Patch(':id')
    change(@Param('id') id: string, @Body() body: ChangeImport): Promise<Accepted> {
      return this.answered(this.imports.batches.change(resource, id, validateForm(ChangeImport, body)));
    }

    @Post(':id/check')
    check(@Param('id') id: string, @Body() body: BeginImport): Promise<Accepted> {
      validateForm(BeginImport, body);
      return this.begun(id, true);
    }

    @Post(':id/run')
    run(@Param('id') id: string, @Body() body: BeginImport): Promise<Accepted> {
      validateForm(BeginImport, body);
      return this.begun(id, false);
    }

    @Post(':id/cancel')
    cancel(@Param('id') id: string, @Body() body: CancelBatch): Promise<Accepted> {
      validateForm(CancelBatch, body);
      return this.answered(this.imports.batches.cancel(resource, id));
    }

    @Get(':id/findings')
    findings(@Param('id') id: string, @Query() { skip, limit }: FindingsQuery) {
      return this.imports.batches.findings(resource, id, skip, limit);
    }

    @Get(':id/rejected')
    @Header('content-type', 'text/csv; charset=utf-8')
    @Header('content-disposition', 'attachment; filename="rejected.csv"')
    async rejected(@Param('id') id: string): Promise<StreamableFile> {
      return new StreamableFile(await this.imports.batches.rejected(resource, id));
    }

    @Post(':id/undo')
    @HttpCode(200)
    async undo(@Param('id') id: string, @Body() body: UndoImport): Promise<unknown> {
      const { dryRun = false } = validateForm(UndoImport, body);
      const { permissions } = context();
      if (!permissions.may('undo', service))
        throw new Problem(403, 'forbidden', 'You may not undo here.', { rule: permissions.why('undo', service) });
      const { status } = await this.imports.batches.page(resource, id);
      if (status === 'running') throw new Problem(409, 'batch-busy', 'The import is still running; cancel it first.');
      if (!this.running.undo) throw unavailable('undo-unavailable', 'This process cannot undo at the moment.', 5);
      return answerMany(this.running.runtime, this.running.undo.undo({ correlation: id, dryRun })).catch((error: unknown) => {
        // The import is there; what it did is nothing.
        if (!(error instanceof Problem) || error.status !== 404) throw error;
        throw new Problem(409, 'nothing-to-undo', 'This import has changed nothing.');
      });
    }

    private async begun(id: string, dryRun: boolean): Promise<Accepted> {
      const accepted = await this.answered(this.imports.batches.start(resource, id, dryRun));
      this.imports.begin(context().tenant, id);
      return accepted;
    }

    private answered(work: Promise<Accepted>): Promise<Accepted> {
      return answerAccepted(kind.decider, work);
    }
  }
  Object.defineProperty(ImportsController, 'name', { value: `Imports_${resource}` });
  return ImportsController;
}

import { Body, Controller, HttpCode, Inject, Post, type Type } from '@nestjs/common';
import { IsBoolean, IsOptional, IsUUID } from 'class-validator';
import { context, invalid, Problem, unavailable, validateForm } from '#runtime';
import { answerMany } from '../http/answers.ts';
import { SERVICE, type Running } from '../tokens.ts';

/** What to take back: one event, or all of a correlation (an import, a bulk call, one edit). A dry run only says what would be done. */
export class UndoRequest {
  @IsOptional() @IsUUID() event?: string;
  @IsOptional() @IsUUID() correlation?: string;
  @IsOptional() @IsBoolean() dryRun?: boolean;
}

export function undoController(name: string): Type {
  @Controller(`services/${name}/undo`)
  class UndoController {
    constructor(@Inject(SERVICE) readonly service: Running) {}

    @Post()
    @HttpCode(200)
    async undo(@Body() body: UndoRequest): Promise<unknown> {
      const { permissions } = context();
      if (!permissions.may('undo', name))
        throw new Problem(403, 'forbidden', 'You may not undo here.', { rule: permissions.why('undo', name) });
      const { event, correlation, dryRun } = validateForm(UndoRequest, body);
      if ((event === undefined) === (correlation === undefined))
        throw invalid([{ field: 'event', problem: 'or correlation must be given, one of the two' }]);
      if (!this.service.undo) throw unavailable('undo-unavailable', 'This process cannot undo at the moment.', 5);
      return answerMany(this.service.runtime, this.service.undo.undo({ event, correlation, dryRun: dryRun ?? false }));
    }
  }
  Object.defineProperty(UndoController, 'name', { value: `Undo_${name}` });
  return UndoController;
}

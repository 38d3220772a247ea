import { Controller, Get, Inject, Query, type Type } from '@nestjs/common';
import { context, Problem } from '#runtime';
import { noteHistory } from '../http/answers.ts';
import { AuditQuery } from '../history-query.ts';
import { SERVICE, type Running } from '../tokens.ts';

/** A service's audit trail: its log, newest first, opened as far as the caller may read. Filters by who, when, what, and what belongs together. */
export function auditController(name: string): Type {
  @Controller(`services/${name}/audit`)
  class AuditController {
    constructor(@Inject(SERVICE) readonly service: Running) {}

    @Get()
    async audit(@Query() query: AuditQuery) {
      const { permissions } = context();
      const kinds = [name, ...this.service.runtime.parts.deciders.keys()];
      if (!kinds.some((kind) => permissions.may('read', kind)))
        throw new Problem(403, 'forbidden', 'You may not read anything here.', { rule: permissions.why('read', name) });
      return noteHistory(await this.service.runtime.journal.audit(query));
    }
  }
  Object.defineProperty(AuditController, 'name', { value: `Audit_${name}` });
  return AuditController;
}

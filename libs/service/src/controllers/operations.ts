import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, type Type } from '@nestjs/common';
import { IsString, Length } from 'class-validator';
import { context, notFound, Problem, validateForm, type ParkedEvent, type ProjectionStatus } from '#runtime';
import { SERVICE, type Running } from '../tokens.ts';

/** Which parked stream is meant. */
export class RetryStream {
  @IsString() @Length(3, 400) stream!: string;
}
/** Which parked event is to be left out for good. */
export class SkipEvent {
  @IsString() @Length(1, 100) eventId!: string;
}

/** How a service's views are: lag, parked events, rebuilds. For whoever may `manage` the service. */
export function operationsController(name: string): Type {
  @Controller(`services/${name}/projections`)
  class OperationsController {
    constructor(@Inject(SERVICE) readonly service: Running) {}

    @Get()
    async list(): Promise<ProjectionStatus[]> {
      mayManage(name);
      return this.service.operations.status();
    }

    @Post(':view/rebuild')
    @HttpCode(202)
    async rebuild(@Param('view') view: string): Promise<{ view: string; state: 'rebuilding' }> {
      mayManage(name);
      this.known(view);
      // A rebuild may take an hour; how it goes is asked of the list.
      this.service.operations.rebuild(view).catch(() => undefined); // its failure is an alert of the projector's own
      return { view, state: 'rebuilding' };
    }

    @Get('parked')
    async parked(@Query('view') view?: string): Promise<ParkedEvent[]> {
      mayManage(name);
      const { tenant } = context();
      // What cannot be read at all is of no tenant, and of everybody who manages the service.
      return (await this.service.operations.parked(view, 1000)).filter((event) => event.tenant === tenant || event.tenant === '');
    }

    @Post(':view/parked/retry')
    @HttpCode(200)
    async retry(@Param('view') view: string, @Body() body: RetryStream): Promise<{ free: boolean }> {
      mayManage(name);
      const { stream } = validateForm(RetryStream, body);
      this.known(view);
      return { free: await this.service.operations.retry(view, context().tenant, stream) };
    }

    @Post(':view/parked/skip')
    @HttpCode(200)
    async skip(@Param('view') view: string, @Body() body: SkipEvent): Promise<{ free: boolean }> {
      mayManage(name);
      const { eventId } = validateForm(SkipEvent, body);
      const event = (await this.parked(view)).find((one) => one.eventId === eventId);
      if (!event) throw notFound();
      return { free: await this.service.operations.skip(view, event, context().actor) };
    }

    private known(view: string): void {
      if (!this.service.runtime.parts.views.some((one) => one.name === view)) throw notFound();
    }
  }
  Object.defineProperty(OperationsController, 'name', { value: `Operations_${name}` });
  return OperationsController;
}

/** @throws Problem 403 unless the caller may manage the service for the whole tenant */
export function mayManage(service: string, ability = 'manage'): void {
  const { permissions } = context();
  if (!permissions.may(ability, service)?.all)
    throw new Problem(403, 'forbidden', `You may not ${ability} this service.`, { rule: permissions.why(ability, service) });
}

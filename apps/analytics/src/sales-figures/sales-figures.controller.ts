import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Answer, Day, Id, List, Optional, Text } from '#model';
import { context, invalid, SERVICE, unavailable, type Running } from '#service';
import { boardThen, BoardThen } from './board-then.ts';
import { BoardThenQuery, FiguresQuery, RecordsQuery } from './figures-query.ts';
import { Figures, FIGURES, Forecast, SalesFigures, StageTime, type Figure } from './sales-figures.ts';
import type { Asked } from './sql.ts';

const asked = { asOf: Optional(Text), knownAt: Optional(Text) };
/** What each address answers, for the documents. */
export const FIGURE_ANSWERS = {
  'GET /figures/sales': Answer('SalesFiguresAnswer', {
    ...asked,
    from: Optional(Day),
    to: Optional(Day),
    by: List(Text),
    figures: List(Figures),
  }),
  'GET /figures/sales/forecast': Answer('SalesForecastAnswer', { ...asked, forecast: List(Forecast) }),
  'GET /figures/sales/board': Answer('BoardThenAnswer', { ...asked, ...BoardThen.properties }),
  'GET /figures/sales/stages': Answer('StageTimesAnswer', { ...asked, stages: List(StageTime) }),
  'GET /figures/sales/records': Answer('FigureRecords', { kind: Text, ids: List(Id), next: Optional(Text) }),
};

/** Sales figures, each as of any moment in both times, each number opening to its records. */
@Controller('figures/sales')
export class SalesFiguresController {
  constructor(@Inject(SERVICE) private readonly service: Running) {}

  @Get()
  async figures(@Query() query: FiguresQuery) {
    const { figures, asked } = await this.ready(query);
    return {
      asOf: query.asOf,
      knownAt: query.knownAt,
      from: query.from,
      to: query.to,
      by: query.by,
      figures: await figures.figures(asked),
    };
  }

  @Get('forecast')
  async forecast(@Query() query: FiguresQuery) {
    const { figures, asked } = await this.ready(query);
    return { asOf: query.asOf, knownAt: query.knownAt, forecast: await figures.forecast(asked) };
  }

  /** The board as it stood at the end of a day: by stage, with what has become of each deal since. */
  @Get('board')
  async board(@Query() query: BoardThenQuery) {
    const { asked } = await this.ready(query);
    return { asOf: query.asOf, knownAt: query.knownAt, ...(await boardThen(this.service.spans!, asked, query.limit)) };
  }

  @Get('stages')
  async stages(@Query() query: FiguresQuery) {
    const { figures, asked } = await this.ready(query);
    // Time runs until the moment asked; for now, that is this one.
    return {
      asOf: query.asOf,
      knownAt: query.knownAt,
      stages: await figures.stages(
        query.asOf ? asked : { ...asked, validAt: new Date(this.service.runtime.engines.clock()).toISOString() },
      ),
    };
  }

  /** Ids of the deals behind a number, the latest day first: `figure=won` and the group's own values (`quarter=2017-Q1&owner=…`). */
  @Get('records')
  async records(@Query() query: RecordsQuery) {
    if (!FIGURES.includes(query.figure as Figure)) throw invalid([{ field: 'figure', problem: 'is not known', hint: FIGURES.join(', ') }]);
    const { figures, asked } = await this.ready(query);
    return {
      kind: 'sales.opportunity',
      ...(await figures.records(asked, query.figure as Figure, query.periods, query.limit, query.cursor)),
    };
  }

  private async ready(query: FiguresQuery): Promise<{ figures: SalesFigures; asked: Asked }> {
    const { spans, runtime } = this.service;
    if (!spans) throw unavailable('figures-unavailable', 'Figures are not kept in this process at the moment.', 5);
    const { tenant, after } = context();
    const asked = query.asked(runtime.engines.tenants.zone(tenant));
    await spans.freshness.wait(after);
    return { figures: new SalesFigures(spans), asked };
  }
}

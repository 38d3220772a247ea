import { Inject, Injectable } from '@nestjs/common';
import { Answer, Count, Id, List, moneyOf, Optional, shown, Sums, Text, weightedMinor, type Static } from '#model';
import { invalid, ListQuery, parameter, Views } from '#service';
import { StageShape } from '#events/sales/pipeline';
import { pipelineRow } from '../pipeline/pipeline-row.ts';
import { opportunityRow } from './opportunity-row.ts';

const CARDS = 50;

/** A board is asked like a list, besides `pipelineId` (the default pipeline unless named); `limit` is cards per stage. */
export class BoardQuery extends ListQuery {
  static override readonly parameters = [
    ...ListQuery.parameters,
    parameter('pipelineId', 'Whose board: the default pipeline’s unless told.'),
  ];
  pipelineId?: string;
  static override from(raw: Record<string, unknown>): BoardQuery {
    const { pipelineId, ...rest } = raw;
    if (pipelineId !== undefined && typeof pipelineId !== 'string')
      throw invalid([{ field: 'pipelineId', problem: 'stands more than once' }]);
    return Object.assign(new BoardQuery(), ListQuery.from({ limit: String(CARDS), ...rest }), { pipelineId });
  }
}

/** Open deals by stage: `value` and `weighted` are sums per currency, `cards` the first of each stage, `next` the cursor of further ones. */
export const BoardAnswer = Answer('Board', {
  pipelineId: Optional(Id),
  name: Optional(Text),
  stages: List(
    Answer('BoardStage', {
      ...StageShape.properties,
      count: Count,
      value: Sums,
      weighted: Sums,
      cards: List(shown(opportunityRow)),
      next: Optional(Text),
    }),
  ),
});

/** Open deals by stage: the first cards of each, and how many there are and what they are worth, per currency and exact. */
@Injectable()
export class Board {
  constructor(@Inject(Views) private readonly views: Views) {}

  /** @throws Problem 404 when there is no such pipeline */
  async show({ pipelineId, limit, where, search, sort }: BoardQuery): Promise<Static<typeof BoardAnswer>> {
    const pipeline = pipelineId ? await this.views.get(pipelineRow, pipelineId) : await this.usual();
    if (!pipeline) return { stages: [] };
    const open = {
      and: [
        { field: 'pipelineId', op: 'eq' as const, value: pipeline.id },
        { field: 'open', op: 'eq' as const, value: true },
        ...(where ? [where] : []),
      ],
    };
    // Who may not see what deals are worth sees how many there are.
    const worth = this.views.shows(opportunityRow, 'worthMinor')
      ? { by: ['stageId', 'currency'], sum: ['worthMinor'] }
      : { by: ['stageId'] };
    const groups = await this.views.group(opportunityRow, { where: open, search, ...worth });
    const stages = pipeline.stages.filter((stage) => !stage.retired || groups.some((group) => group.by[0] === stage.stageId));
    return {
      pipelineId: pipeline.id,
      name: pipeline.name,
      stages: await Promise.all(
        stages.map(async (stage) => {
          const mine = groups.filter((group) => group.by[0] === stage.stageId);
          const sums = mine.flatMap(({ by: [, currency], sums: { worthMinor } }) =>
            typeof currency === 'string' ? [{ currency, minor: BigInt(worthMinor!) }] : [],
          );
          const cards = await this.views.list(opportunityRow, {
            where: { and: [...open.and, { field: 'stageId', op: 'eq', value: stage.stageId }] },
            search,
            sort: sort ?? [{ field: 'changedAt', desc: true }],
            limit,
          });
          return {
            ...stage,
            count: mine.reduce((count, group) => count + group.count, 0),
            value: sums.map(({ minor, currency }) => moneyOf(minor, currency)),
            weighted: sums.map(({ minor, currency }) => moneyOf(weightedMinor(minor, stage.probability), currency)),
            cards: cards.items,
            next: cards.next,
          };
        }),
      ),
    };
  }

  private async usual() {
    const { items } = await this.views.list(pipelineRow, { sort: [{ field: 'isDefault', desc: true }, { field: 'name' }], limit: 1 });
    return items[0];
  }
}

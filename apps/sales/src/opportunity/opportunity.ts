import { act, create, decider, fold, on, one, ref, reject, start, sums, timesMoney, type Day, type Id, type Money } from '#model';
import { LineAdded, LineChanged, LineRemoved, OpportunityChanged, OpportunityLost, OpportunityOpened, OpportunityReopened, OpportunityStageMoved, OpportunityWon } from '#events/sales/opportunity';
import { pipeline, takes } from '../pipeline/pipeline.ts';
import { priceIn, product } from '../product/product.ts';
import { AddLine, ChangeLine, ChangeOpportunity, LoseOpportunity, MoveStage, OpenOpportunity, RemoveLine, ReopenOpportunity, WinOpportunity } from './opportunity.commands.ts';

export type Line = { lineId: Id; productId: Id; quantity: number; price: Money };
type Deal = Omit<Parameters<typeof OpportunityOpened>[0], 'note'> & { lines: Line[] };
export type Opportunity = Deal & ({ status: 'open' } | { status: 'won'; closedOn: Day } | { status: 'lost'; closedOn: Day; reason: string });

const evolve = fold<Opportunity>(
  start(OpportunityOpened, ({ data: { note: _, ...deal } }) => ({ ...deal, status: 'open', lines: [] })),
  on(OpportunityStageMoved, (deal, e) => ({ ...deal, stageId: e.data.to })),
  on(OpportunityChanged, (deal, e) => OpportunityChanged.apply(deal, e)),
  on(LineAdded, (deal, e) => ({ ...deal, lines: [...deal.lines, e.data] })),
  on(LineChanged, (deal, e) => ({ ...deal, lines: deal.lines.map((line) => (line.lineId === e.data.lineId ? { ...line, ...e.data.to } : line)) })),
  on(LineRemoved, (deal, e) => ({ ...deal, lines: deal.lines.filter((line) => line.lineId !== e.data.lineId) })),
  on(OpportunityWon, (deal, e) => ({ ...deal, value: e.data.value ?? deal.value, status: 'won', closedOn: e.data.closedOn })),
  on(OpportunityLost, (deal, e) => ({ ...deal, status: 'lost', closedOn: e.data.closedOn, reason: e.data.reason })),
  on(OpportunityReopened, (deal) => {
    const { closedOn: _, reason: __, ...rest } = deal as Opportunity & { closedOn?: Day; reason?: string };
    return { ...rest, status: 'open' };
  }),
);

const closed = (deal: Opportunity) => reject('opportunity-closed', { status: deal.status });

export const opportunity = decider(
  'sales.opportunity',
  evolve,
  {
    open: create(OpenOpportunity, (c) => ({ pipeline: one(pipeline, c.pipelineId) }), (command, { actor, today, found }) => {
      const stageId = command.stageId ?? found.pipeline.stages.find((stage) => !stage.retired)?.stageId;
      if (!stageId || !takes(found.pipeline, stageId)) return reject('stage-not-in-pipeline', { stageId });
      return OpportunityOpened({ ownerId: actor, openedOn: today, ...command, stageId });
    }, { undo: 'remove' }),

    change: act(ChangeOpportunity, (deal, patch) => {
      if (deal.status !== 'open' && patch.value !== undefined) return closed(deal);
      if (patch.value && deal.lines.some((line) => line.price.currency !== patch.value!.currency)) return reject('currencies-mixed', { currency: patch.value.currency });
      return OpportunityChanged.between(deal, patch);
    }, { undo: 'change' }),

    moveStage: act(MoveStage, (_, deal) => ({ pipeline: one(pipeline, deal.pipelineId) }), (deal, { stageId }, { found }) => {
      if (deal.status !== 'open') return closed(deal);
      if (deal.stageId === stageId) return [];
      if (!takes(found.pipeline, stageId)) return reject('stage-not-in-pipeline', { stageId });
      return OpportunityStageMoved({ from: deal.stageId, to: stageId });
    }, { undo: 'moveStage' }),

    addLine: act(AddLine, (c) => ({ product: one(product, c.productId) }), (deal, { productId, quantity, price }, { found, newId }) => {
      if (deal.status !== 'open') return closed(deal);
      const currency = deal.value?.currency ?? deal.lines[0]?.price.currency ?? found.product.prices[0]?.currency;
      const asked = price ?? (currency ? priceIn(found.product, currency) : undefined);
      if (!asked) return reject('no-price', { hint: 'the product has no list price in this currency; give one' });
      if (currency && asked.currency !== currency) return reject('currencies-mixed', { currency });
      return LineAdded({ lineId: newId(), productId, quantity, price: asked });
    }, { undo: 'removeLine' }),

    changeLine: act(ChangeLine, (deal, { lineId, quantity, price }) => {
      if (deal.status !== 'open') return closed(deal);
      const line = deal.lines.find((one) => one.lineId === lineId);
      if (!line) return reject('unknown-line', { lineId });
      if (price && price.currency !== line.price.currency) return reject('currencies-mixed', { currency: line.price.currency });
      const [from, to] = [{ quantity: line.quantity, price: line.price }, { quantity: quantity ?? line.quantity, price: price ?? line.price }];
      return from.quantity === to.quantity && from.price.amount === to.price.amount ? [] : LineChanged({ lineId, from, to });
    }, { undo: 'changeLine' }),

    removeLine: act(RemoveLine, (deal, { lineId }) => {
      if (deal.status !== 'open') return closed(deal);
      const line = deal.lines.find((one) => one.lineId === lineId);
      return line ? LineRemoved(line) : reject('unknown-line', { lineId });
    }, { undo: 'addLine' }),

    win: act(WinOpportunity, (deal, { closedOn, value }, { today }) => {
      if (deal.status !== 'open') return closed(deal);
      return tooEarly(deal, closedOn) ?? OpportunityWon({ value: value ?? valueOf(deal), closedOn: closedOn ?? today });
    }, { undo: 'reopen' }),

    lose: act(LoseOpportunity, (deal, { closedOn, reason }, { today }) => {
      if (deal.status !== 'open') return closed(deal);
      return tooEarly(deal, closedOn) ?? OpportunityLost({ reason, closedOn: closedOn ?? today });
    }, { undo: 'reopen' }),

    reopen: act(ReopenOpportunity, (deal) => (deal.status === 'open' ? [] : OpportunityReopened({})), { undo: 'win' }),
  },
  {
    about: (deal) => [ref('contacts.account', deal.accountId), ref('contacts.contact', deal.contactId)],
    inverse: {
      [OpportunityStageMoved.type]: (data) => ({ command: 'moveStage', data: { stageId: data.from } }),
      [LineAdded.type]: (data) => ({ command: 'removeLine', data: { lineId: data.lineId } }),
      [LineRemoved.type]: ({ productId, quantity, price }) => ({ command: 'addLine', data: { productId, quantity, price } }),
      [LineChanged.type]: (data) => ({ command: 'changeLine', data: { lineId: data.lineId, ...data.from } }),
      [OpportunityWon.type]: () => ({ command: 'reopen', data: {} }),
      [OpportunityLost.type]: () => ({ command: 'reopen', data: {} }),
    },
  },
);

/** What a deal is worth: the value it was given, else the sum of its lines. */
export const valueOf = (deal: { value?: Money; lines: Line[] }): Money | undefined => deal.value ?? sums(deal.lines.map((line) => timesMoney(line.price, line.quantity)))[0];

const tooEarly = (deal: Opportunity, closedOn: Day | undefined) => (closedOn && closedOn < deal.openedOn ? reject('closed-before-opened', { openedOn: deal.openedOn }) : undefined);

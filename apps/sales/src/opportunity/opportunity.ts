import {
  act,
  create,
  decider,
  fold,
  minorOf,
  moneyOf,
  on,
  one,
  ref,
  reject,
  start,
  type Day,
  type Id,
  type Inverse,
  type Money,
} from '#model';
import {
  LineAdded,
  LineChanged,
  LineRemoved,
  OpportunityChanged,
  OpportunityLost,
  OpportunityOpened,
  OpportunityReopened,
  OpportunityStageMoved,
  OpportunityWon,
} from '#events/sales/opportunity';
import { cleanText } from '#records';
import { pipeline, takes } from '../pipeline/pipeline.ts';
import { priceIn, product } from '../product/product.ts';
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

export type Line = { lineId: Id; productId: Id; quantity: number; price: Money };
type Deal = Omit<Parameters<typeof OpportunityOpened>[0], 'note'> & { lines: Line[] };
export type Opportunity = Deal &
  ({ status: 'open' } | { status: 'won'; closedOn: Day; wonValue?: Money } | { status: 'lost'; closedOn: Day; reason: string });

const evolve = fold<Opportunity>(
  start(OpportunityOpened, ({ data: { note: _, ...deal } }) => ({ ...deal, status: 'open', lines: [] })),
  on(OpportunityStageMoved, (deal, e) => ({ ...deal, stageId: e.data.to })),
  on(OpportunityChanged, (deal, e) => OpportunityChanged.apply(deal, e)),
  on(LineAdded, (deal, { data: { place, ...line } }) => ({ ...deal, lines: deal.lines.toSpliced(place ?? deal.lines.length, 0, line) })),
  on(LineChanged, (deal, e) => ({
    ...deal,
    lines: deal.lines.map((line) => (line.lineId === e.data.lineId ? { ...line, ...e.data.to } : line)),
  })),
  on(LineRemoved, (deal, e) => ({ ...deal, lines: deal.lines.filter((line) => line.lineId !== e.data.lineId) })),
  on(OpportunityWon, (deal, e) => ({ ...deal, status: 'won', wonValue: e.data.value, closedOn: e.data.closedOn })),
  on(OpportunityLost, (deal, e) => ({ ...deal, status: 'lost', closedOn: e.data.closedOn, reason: e.data.reason })),
  on(OpportunityReopened, (deal) => {
    const { closedOn: _, reason: __, wonValue: ___, ...rest } = deal as Opportunity & Closing;
    return { ...rest, status: 'open' };
  }),
);

type Closing = { closedOn?: Day; reason?: string; wonValue?: Money };

const closed = (deal: Opportunity) => reject('opportunity-closed', { status: deal.status });

export const opportunity = decider(
  'sales.opportunity',
  evolve,
  {
    open: create(
      OpenOpportunity,
      (c) => ({ pipeline: one(pipeline, c.pipelineId) }),
      (command, { actor, today, found }) => {
        const stageId = command.stageId ?? found.pipeline.stages.find((stage) => !stage.retired)?.stageId;
        if (!stageId || !takes(found.pipeline, stageId)) return reject('stage-not-in-pipeline', { stageId });
        return OpportunityOpened({ ownerId: actor, openedOn: today, ...command, name: cleanText(command.name), stageId });
      },
      { undo: 'remove' },
    ),

    change: act(
      ChangeOpportunity,
      (deal, patch) => {
        if (deal.status !== 'open' && patch.value !== undefined) return closed(deal);
        if (patch.value && deal.lines.some((line) => line.price.currency !== patch.value!.currency))
          return reject('currencies-mixed', { currency: patch.value.currency });
        return OpportunityChanged.between(deal, { ...patch, ...(patch.name === undefined ? {} : { name: cleanText(patch.name) }) });
      },
      { undo: 'change' },
    ),

    moveStage: act(
      MoveStage,
      (_, deal) => ({ pipeline: one(pipeline, deal.pipelineId) }),
      (deal, { stageId }, { found }) => {
        if (deal.status !== 'open') return closed(deal);
        if (deal.stageId === stageId) return [];
        if (!takes(found.pipeline, stageId)) return reject('stage-not-in-pipeline', { stageId });
        return OpportunityStageMoved({ from: deal.stageId, to: stageId });
      },
      { undo: 'moveStage' },
    ),

    addLine: act(
      AddLine,
      (c) => ({ product: one(product, c.productId) }),
      (deal, { lineId, productId, quantity, price, place }, { found, newId }) => {
        if (deal.status !== 'open') return closed(deal);
        if (!found.product.active) return reject('product-inactive', { productId });
        if (deal.lines.some((line) => line.lineId === lineId)) return reject('line-exists', { lineId });
        const currency = deal.value?.currency ?? deal.lines[0]?.price.currency ?? found.product.prices[0]?.currency;
        const asked = price ?? (currency ? priceIn(found.product, currency) : undefined);
        if (!asked) return reject('no-price', { hint: 'the product has no list price in this currency; give one' });
        if (currency && asked.currency !== currency) return reject('currencies-mixed', { currency });
        const line = { lineId: lineId ?? newId(), productId, quantity, price: asked };
        return (
          tooMuch([...deal.lines, line]) ?? LineAdded({ ...line, ...(place === undefined || place >= deal.lines.length ? {} : { place }) })
        );
      },
      { undo: 'removeLine' },
    ),

    changeLine: act(
      ChangeLine,
      (deal, { lineId, quantity, price }) => {
        if (deal.status !== 'open') return closed(deal);
        const line = deal.lines.find((one) => one.lineId === lineId);
        if (!line) return reject('unknown-line', { lineId });
        if (price && price.currency !== line.price.currency) return reject('currencies-mixed', { currency: line.price.currency });
        const [from, to] = [
          { quantity: line.quantity, price: line.price },
          { quantity: quantity ?? line.quantity, price: price ?? line.price },
        ];
        if (from.quantity === to.quantity && from.price.amount === to.price.amount) return [];
        return tooMuch(deal.lines.map((one) => (one === line ? { ...one, ...to } : one))) ?? LineChanged({ lineId, from, to });
      },
      { undo: 'changeLine' },
    ),

    removeLine: act(
      RemoveLine,
      (deal, { lineId }) => {
        if (deal.status !== 'open') return closed(deal);
        const place = deal.lines.findIndex((one) => one.lineId === lineId);
        return place < 0 ? reject('unknown-line', { lineId }) : LineRemoved({ ...deal.lines[place]!, place });
      },
      { undo: 'addLine' },
    ),

    win: act(
      WinOpportunity,
      (deal, { closedOn, value }, { today }) => {
        if (deal.status !== 'open') return closed(deal);
        return tooEarly(deal, closedOn) ?? OpportunityWon({ value: value ?? valueOf(deal), closedOn: closedOn ?? today });
      },
      { undo: 'reopen' },
    ),

    lose: act(
      LoseOpportunity,
      (deal, { closedOn, reason }, { today }) => {
        if (deal.status !== 'open') return closed(deal);
        return tooEarly(deal, closedOn) ?? OpportunityLost({ reason: cleanText(reason), closedOn: closedOn ?? today });
      },
      { undo: 'reopen' },
    ),

    reopen: act(
      ReopenOpportunity,
      (deal) => {
        if (deal.status === 'open') return [];
        const { closedOn, reason, wonValue: value }: Closing = deal;
        return OpportunityReopened({ was: deal.status, value, closedOn, reason });
      },
      { undo: 'win' },
    ),
  },
  {
    about: (deal) => [ref('contacts.account', deal.accountId), ref('contacts.contact', deal.contactId)],
    inverse: {
      [OpportunityStageMoved.type]: (data) => ({ command: 'moveStage', data: { stageId: data.from } }),
      [LineAdded.type]: (data) => ({ command: 'removeLine', data: { lineId: data.lineId } }),
      [LineRemoved.type]: (data) => ({ command: 'addLine', data }),
      [LineChanged.type]: (data) => ({ command: 'changeLine', data: { lineId: data.lineId, ...data.from } }),
      [OpportunityWon.type]: () => ({ command: 'reopen', data: {} }),
      [OpportunityLost.type]: () => ({ command: 'reopen', data: {} }),
      [OpportunityReopened.type]: closedAgain,
    },
  },
);

/** What a deal is worth: what it was won at, else the value it was given, else the sum of its lines. */
export const valueOf = (deal: { value?: Money; wonValue?: Money; lines: Line[] }): Money | undefined =>
  deal.wonValue ?? deal.value ?? sumOf(deal.lines);

const MOST_MINOR = 10n ** 15n;
const total = (lines: Line[]): bigint => lines.reduce((sum, line) => sum + minorOf(line.price) * BigInt(line.quantity), 0n);
/** Undefined also where it is more than an amount can say: such lines are refused, and a view must not fail on them. */
const sumOf = (lines: Line[]): Money | undefined =>
  lines.length === 0 || tooMuch(lines) ? undefined : moneyOf(total(lines), lines[0]!.price.currency);

function tooMuch(lines: Line[]) {
  const minor = total(lines);
  return minor >= MOST_MINOR || minor <= -MOST_MINOR ? reject('value-too-large', { hint: 'an amount has at most 15 digits' }) : undefined;
}

function closedAgain({ was, closedOn, reason, value }: Parameters<typeof OpportunityReopened>[0]): Inverse {
  if (was === 'won') return { command: 'win', data: { closedOn, value } };
  return was === 'lost' ? { command: 'lose', data: { closedOn, reason } } : undefined;
}

const tooEarly = (deal: Opportunity, closedOn: Day | undefined) =>
  closedOn && closedOn < deal.openedOn ? reject('closed-before-opened', { openedOn: deal.openedOn }) : undefined;

// The first feature of docs/first-feature.md: its regions are shown there, word for word.
import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { spec, viewSpec } from '#testing';
import {
  act,
  after,
  create,
  Day,
  decider,
  defineEvent,
  drop,
  Flag,
  fold,
  Id,
  IsDay,
  IsMoney,
  Money,
  on,
  Optional,
  plan,
  projection,
  reaction,
  Ref,
  reject,
  start,
  Text,
  todo,
} from '#model';
import { Commands, Views } from '#runtime';
import { ListQuery } from './list-query.ts';
import { service } from './parts.ts';
import { testApp } from './testing/index.ts';

// #region events
const OpportunityOpened = defineEvent('shop.opportunity.opened', {
  name: Text,
  accountId: Optional(Ref('contacts.account')),
  ownerId: Ref('workspace.user'),
  stageId: Id,
  value: Money,
});
const OpportunityStageMoved = defineEvent('shop.opportunity.stage-moved', { from: Id, to: Id });
const OpportunityFlagged = defineEvent('shop.opportunity.flagged', {});
const OpportunityWon = defineEvent('shop.opportunity.won', { value: Money, closedOn: Day });
// #endregion

// #region forms
class OpenOpportunity {
  @IsString() @Length(1, 200) name!: string;
  @IsOptional() @IsUUID() accountId?: Id;
  @IsOptional() @IsUUID() ownerId?: Id; // the caller, unless somebody else is named (imports do)
  @IsUUID() stageId!: Id;
  @IsMoney() value!: Money;
}
class MoveStage {
  @IsUUID() stageId!: Id;
}
class FlagStalled {}
class WinOpportunity {
  @IsOptional() @IsDay() closedOn?: Day;
}
// #endregion

// #region aggregate
type Deal = { ownerId: Id; stageId: Id; value: Money };
type Opportunity = Deal & ({ status: 'open' } | { status: 'won'; closedOn: Day });

const evolve = fold<Opportunity>(
  start(OpportunityOpened, (e) => ({ status: 'open', ...e.data })),
  on(OpportunityStageMoved, (deal, e) => ({ ...deal, stageId: e.data.to })),
  on(OpportunityWon, (deal, e) => ({ ...deal, status: 'won', closedOn: e.data.closedOn })),
);

const opportunity = decider('shop.opportunity', evolve, {
  open: create(OpenOpportunity, (command, { actor }) => OpportunityOpened({ ownerId: actor, ...command })),

  moveStage: act(MoveStage, (deal, { stageId }) => {
    if (deal.status !== 'open') return reject('opportunity-closed', { status: deal.status });
    if (deal.stageId === stageId) return [];
    return OpportunityStageMoved({ from: deal.stageId, to: stageId });
  }),

  flagStalled: act(FlagStalled, (deal) => (deal.status === 'open' ? OpportunityFlagged({}) : [])),

  win: act(WinOpportunity, (deal, { closedOn }, { today }) => {
    if (deal.status !== 'open') return reject('opportunity-closed', { status: deal.status, closedOn: deal.closedOn });
    return OpportunityWon({ value: deal.value, closedOn: closedOn ?? today });
  }),
});
// #endregion

// #region aggregate-spec
const given = spec(opportunity);
const value = { amount: '900.00', currency: 'EUR' };
const opened = OpportunityOpened({ name: 'Ten desks', ownerId: 'ann', stageId: 'proposal', value });
const won = OpportunityWon({ value, closedOn: '2026-03-01' });

it('is won today unless a day is given', () =>
  given(opened)
    .when('win', {})
    .then(OpportunityWon({ value, closedOn: '2026-03-02' })));
it('cannot be won twice', () => given(opened, won).when('win', {}).thenRejected('opportunity-closed'));
it('stays silent when the stage is the same', () => given(opened).when('moveStage', { stageId: 'proposal' }).then());
it('belongs to whoever opens it', () => given().when('open', { name: 'Ten desks', stageId: 'proposal', value }).then(opened));
// #endregion

// #region row
const pipelineBoard = projection(
  'shop.pipeline-board',
  {
    id: Id,
    name: Text,
    accountId: Optional(Ref('contacts.account')),
    ownerId: Ref('workspace.user'),
    stageId: Id,
    value: Money,
    open: Flag,
  },
  { version: 1, access: 'owner', indexes: [['stageId'], ['ownerId', 'open']] },
  start(OpportunityOpened, (e) => ({ id: e.recordId, open: true, ...e.data })),
  on(OpportunityStageMoved, (card, e) => ({ ...card, stageId: e.data.to })),
  on(OpportunityWon, (card) => ({ ...card, open: false })),
);
// #endregion

// #region row-spec
it('shows a deal in the stage it was moved to', () =>
  viewSpec(pipelineBoard)(opened, OpportunityStageMoved({ from: 'proposal', to: 'closing' })).then({
    id: 'r1',
    open: true,
    name: 'Ten desks',
    ownerId: 'ann',
    value,
    stageId: 'closing',
  }));
// #endregion

// #region reaction
const whenStageRestsThenFlagStalled = reaction(
  'shop.when-stage-rests-14-days-then-flag-stalled',
  { since: '2026-01-01' },
  plan(OpportunityStageMoved, (e) => todo(opportunity, e.recordId, 'flagStalled', {}, { key: e.recordId, at: after(e.at, { days: 14 }) })),
  drop(OpportunityWon, (e) => e.recordId),
);
// #endregion

// #region controller
@Controller('opportunities')
class OpportunityController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
  ) {}
  @Post() open(@Body() body: OpenOpportunity) {
    return this.commands.create(opportunity, 'open', body);
  }
  @Post(':id/stage') moveStage(@Param('id') id: string, @Body() body: MoveStage) {
    return this.commands.run(opportunity, id, 'moveStage', body);
  }
  @Post(':id/win') win(@Param('id') id: string, @Body() body: WinOpportunity) {
    return this.commands.run(opportunity, id, 'win', body);
  }
  @Get('board') board(@Query() query: ListQuery) {
    return this.views.list(pipelineBoard, query);
  }
  @Get(':id') one(@Param('id') id: string) {
    return this.views.get(pipelineBoard, id);
  }
}
// #endregion

// #region module
@Module(
  service('shop', {
    aggregates: { opportunities: opportunity }, // the key is the resource: also mounts /bulk, /export, /:id/history, /:id/remove and /:id/restore
    projections: [pipelineBoard],
    reactions: [whenStageRestsThenFlagStalled],
    controllers: [OpportunityController],
  }),
)
class ShopModule {}
// #endregion

// #region e2e-spec
it('opens a deal once, shows it to its owner, wins it once', async () => {
  const roles = ['clerk'];
  const clerk = { name: 'clerk', grants: [{ can: ['*'], on: ['shop'], reach: 'own' as const }], hidden: {} };
  const shop = await testApp(ShopModule, { roles: [clerk] });
  const [ann, bob] = [shop.as('ann', { roles }), shop.as('bob', { roles })];
  const desks = { name: 'Ten desks', stageId: '5b0f1f6e-6c1f-4a53-9a35-3a2f3f0f6b11', value };

  const { body: deal } = await ann.post('/opportunities', desks, { 'idempotency-key': 'k1' });
  expect((await ann.post('/opportunities', desks, { 'idempotency-key': 'k1' })).body).toEqual(deal);
  expect((await ann.get('/opportunities/board')).body).toMatchObject([{ name: 'Ten desks', open: true }]);
  expect((await bob.get('/opportunities/board')).body).toEqual([]);
  expect((await ann.post(`/opportunities/${deal.id}/win`, {}, { 'if-match': '"7"' })).status).toBe(412);
  expect((await ann.post(`/opportunities/${deal.id}/win`, {})).status).toBe(200);
  expect((await ann.post(`/opportunities/${deal.id}/win`, {})).body).toMatchObject({ status: 409, code: 'opportunity-closed' });
  await shop.close();
});
// #endregion

it('refuses what does not compile', () => {
  // @ts-expect-error a field that the event does not have
  OpportunityStageMoved({ from: 'a', too: 'b' });
  // @ts-expect-error an act that does not exist
  expect(() => given(opened).when('fly', {})).toThrow();
  // @ts-expect-error a status that the state does not know
  on<Opportunity, 'x', object>(OpportunityWon, (deal) => ({ ...deal, status: 'vanished' }));
});

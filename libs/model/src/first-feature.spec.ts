import { IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { spec, viewSpec } from '#testing';
import {
  act,
  create,
  decider,
  defineEvent,
  fold,
  Id,
  IsDay,
  IsMoney,
  Money,
  Day,
  on,
  Optional,
  projection,
  Ref,
  reject,
  start,
  Text,
  Flag,
} from '#model';

const OpportunityOpened = defineEvent('sample.opportunity.opened', {
  name: Text,
  accountId: Optional(Ref('contacts.account')),
  ownerId: Ref('workspace.user'),
  stageId: Id,
  value: Money,
});
const OpportunityStageMoved = defineEvent('sample.opportunity.stage-moved', { from: Id, to: Id });
const OpportunityWon = defineEvent('sample.opportunity.won', { value: Money, closedOn: Day });

class OpenOpportunity {
  @IsString() @Length(1, 200) name!: string;
  @IsOptional() @IsUUID() accountId?: Id;
  @IsOptional() @IsUUID() ownerId?: Id;
  @IsUUID() stageId!: Id;
  @IsMoney() value!: Money;
}
class MoveStage {
  @IsUUID() stageId!: Id;
}
class WinOpportunity {
  @IsOptional() @IsDay() closedOn?: Day;
}

type Deal = { ownerId: Id; stageId: Id; value: Money };
type Opportunity = Deal & ({ status: 'open' } | { status: 'won'; closedOn: Day });

const evolve = fold<Opportunity>(
  start(OpportunityOpened, (e) => ({ status: 'open', ...e.data })),
  on(OpportunityStageMoved, (deal, e) => ({ ...deal, stageId: e.data.to })),
  on(OpportunityWon, (deal, e) => ({ ...deal, status: 'won', closedOn: e.data.closedOn })),
);

const opportunity = decider('sample.opportunity', evolve, {
  open: create(OpenOpportunity, (command, { actor }) => OpportunityOpened({ ownerId: actor, ...command })),
  moveStage: act(MoveStage, (deal, { stageId }) => {
    if (deal.status !== 'open') return reject('opportunity-closed', { status: deal.status });
    if (deal.stageId === stageId) return [];
    return OpportunityStageMoved({ from: deal.stageId, to: stageId });
  }),
  win: act(
    WinOpportunity,
    (deal, { closedOn }, { today }) => {
      if (deal.status !== 'open') return reject('opportunity-closed', { status: deal.status, closedOn: deal.closedOn });
      return OpportunityWon({ value: deal.value, closedOn: closedOn ?? today });
    },
    { undo: 'reopen' },
  ),
});

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

const pipelineBoard = projection(
  'sample.pipeline-board',
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

it('shows a deal in the stage it was moved to', () =>
  viewSpec(pipelineBoard)(opened, OpportunityStageMoved({ from: 'proposal', to: 'closing' })).then({
    id: 'r1',
    open: true,
    name: 'Ten desks',
    ownerId: 'ann',
    value,
    stageId: 'closing',
  }));

it('refuses what does not compile', () => {
  // @ts-expect-error a field that the event does not have
  OpportunityStageMoved({ from: 'a', too: 'b' });
  // @ts-expect-error an act that does not exist
  expect(() => given(opened).when('fly', {})).toThrow();
  // @ts-expect-error a status that the state does not know
  on<Opportunity, 'x', object>(OpportunityWon, (deal) => ({ ...deal, status: 'vanished' }));
});

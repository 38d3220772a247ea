import { spec, viewSpec } from '#testing';
import { LineAdded, OpportunityChanged, OpportunityLost, OpportunityOpened, OpportunityReopened, OpportunityStageMoved, OpportunityWon } from '#events/sales/opportunity';
import { PipelineCreated } from '#events/sales/pipeline';
import { ProductCreated } from '#events/sales/product';
import { opportunity } from './opportunity.ts';
import { opportunityLines, opportunityRow } from './opportunity-row.ts';

const given = spec(opportunity);
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const pipeline = [PipelineCreated({ name: 'Sales', isDefault: true, stages: [{ stageId: 'proposal', name: 'Proposal', probability: 50, retired: false }, { stageId: 'old', name: 'Old', probability: 5, retired: true }] })];
const opened = OpportunityOpened({ name: 'Ten desks', ownerId: 'ann', pipelineId: 'p', stageId: 'proposal', value: eur('900.00'), openedOn: '2026-03-02' });
const won = OpportunityWon({ value: eur('900.00'), closedOn: '2026-03-02' });

it('opens in the first stage, today, for whoever opens it', () =>
  given().with({ pipeline }).when('open', { name: 'Ten desks', pipelineId: 'p', value: eur('900.00') }).then(opened));
it('opens in no stage that is retired', () => given().with({ pipeline }).when('open', { name: 'x', pipelineId: 'p', stageId: 'old' }).thenRejected('stage-not-in-pipeline'));
it('moves to a stage of its pipeline only', () => given(opened).with({ pipeline }).when('moveStage', { stageId: 'nowhere' }).thenRejected('stage-not-in-pipeline'));
it('stays silent when the stage is the same', () => given(opened).with({ pipeline }).when('moveStage', { stageId: 'proposal' }).then());
it('is won today at its value unless told otherwise', () => given(opened).when('win', {}).then(won));
it('is won at the sum of its lines when it was given no value', () =>
  given(opened, OpportunityChanged({ value: { from: eur('900.00') } }), LineAdded({ lineId: 'l', productId: 'x', quantity: 3, price: eur('10.10') })).when('win', {}).then(OpportunityWon({ value: eur('30.30'), closedOn: '2026-03-02' })));
it('cannot be won twice, nor lost once won', () => {
  given(opened, won).when('win', {}).thenRejected('opportunity-closed');
  given(opened, won).when('lose', { reason: 'price' }).thenRejected('opportunity-closed');
});
it('is not closed before it was opened', () => given(opened).when('win', { closedOn: '2026-03-01' }).thenRejected('closed-before-opened'));
it('is opened again', () => given(opened, won).when('reopen', {}).then(OpportunityReopened({})));
it('takes the list price of a product', () =>
  given(opened).with({ product: [ProductCreated({ code: 'd', name: 'Desk', prices: [eur('90.00')], active: true })] }).when('addLine', { productId: 'x', quantity: 2 }).then(LineAdded({ lineId: 'new1', productId: 'x', quantity: 2, price: eur('90.00') })));
it('does not mix currencies', () =>
  given(opened).with({ product: [ProductCreated({ code: 'd', name: 'Desk', prices: [], active: true })] }).when('addLine', { productId: 'x', quantity: 2, price: { amount: '1', currency: 'USD' } }).thenRejected('currencies-mixed'));

const at = '2026-03-02T09:00:00.000Z';
const row = { id: 'r1', name: 'Ten desks', ownerId: 'ann', pipelineId: 'p', stageId: 'proposal', stageSince: at, value: eur('900.00'), worth: eur('900.00'), worthMinor: '90000', currency: 'EUR', lines: [], openedOn: '2026-03-02', createdAt: at, changedAt: at };
it('shows where a deal stands and what it is worth', () => viewSpec(opportunityRow)(opened, OpportunityStageMoved({ from: 'proposal', to: 'closing' })).then({ ...row, status: 'open', open: true, stageId: 'closing' }));
it('forgets why it was lost once it is opened again', () =>
  viewSpec(opportunityRow)(opened, OpportunityLost({ reason: 'price', closedOn: '2026-03-02' }), OpportunityReopened({})).then({ ...row, status: 'open', open: true }));
it('has a document per line', () =>
  viewSpec(opportunityRow)(opened, LineAdded({ lineId: 'l1', productId: 'x', quantity: 2, price: eur('1.00') })).thenChildren(opportunityLines, [{ id: 'l1', opportunityId: 'r1', ownerId: 'ann', productId: 'x', quantity: 2, price: eur('1.00') }]));

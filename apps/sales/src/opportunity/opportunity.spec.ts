import { spec, viewSpec } from '#testing';
import type { NewEvent } from '#model';
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
import { PipelineCreated } from '#events/sales/pipeline';
import { ProductCreated } from '#events/sales/product';
import { opportunity } from './opportunity.ts';
import { opportunityLines, opportunityRow } from './opportunity-row.ts';

const given = spec(opportunity);
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const pipeline = [
  PipelineCreated({
    name: 'Sales',
    isDefault: true,
    stages: [
      { stageId: 'proposal', name: 'Proposal', probability: 50, retired: false },
      { stageId: 'old', name: 'Old', probability: 5, retired: true },
    ],
  }),
];
const opened = OpportunityOpened({
  name: 'Ten desks',
  ownerId: 'ann',
  pipelineId: 'p',
  stageId: 'proposal',
  value: eur('900.00'),
  openedOn: '2026-03-02',
});
const won = OpportunityWon({ value: eur('900.00'), closedOn: '2026-03-02' });

it('opens in the first stage, today, for whoever opens it', () =>
  given()
    .with({ pipeline })
    .when('open', { name: 'Ten desks', pipelineId: 'p', value: eur('900.00') })
    .then(opened));
it('opens in no stage that is retired', () =>
  given().with({ pipeline }).when('open', { name: 'x', pipelineId: 'p', stageId: 'old' }).thenRejected('stage-not-in-pipeline'));
it('moves to a stage of its pipeline only', () =>
  given(opened).with({ pipeline }).when('moveStage', { stageId: 'nowhere' }).thenRejected('stage-not-in-pipeline'));
it('stays silent when the stage is the same', () => given(opened).with({ pipeline }).when('moveStage', { stageId: 'proposal' }).then());
it('is won today at its value unless told otherwise', () => given(opened).when('win', {}).then(won));
it('is won at the sum of its lines when it was given no value', () =>
  given(
    opened,
    OpportunityChanged({ value: { from: eur('900.00') } }),
    LineAdded({ lineId: 'l', productId: 'x', quantity: 3, price: eur('10.10') }),
  )
    .when('win', {})
    .then(OpportunityWon({ value: eur('30.30'), closedOn: '2026-03-02' })));
it('cannot be won twice, nor lost once won', () => {
  given(opened, won).when('win', {}).thenRejected('opportunity-closed');
  given(opened, won).when('lose', { reason: 'price' }).thenRejected('opportunity-closed');
});
it('is not closed before it was opened', () => given(opened).when('win', { closedOn: '2026-03-01' }).thenRejected('closed-before-opened'));
it('is opened again, and remembers what it was', () => {
  const { closedOn } = won.data;
  given(opened, won)
    .when('reopen', {})
    .then(OpportunityReopened({ was: 'won', value: eur('900.00'), closedOn }));
  given(opened, OpportunityLost({ reason: 'price', closedOn }))
    .when('reopen', {})
    .then(OpportunityReopened({ was: 'lost', reason: 'price', closedOn }));
  given(opened).when('reopen', {}).then();
});
it('is worth again what it was before, however it was won', () =>
  given(opened, OpportunityWon({ value: eur('1.00'), closedOn: '2026-03-02' }), OpportunityReopened({}))
    .when('win', {})
    .then(won));
it('is lost for a reason', () =>
  given(opened)
    .when('lose', { reason: ' price ' })
    .then(OpportunityLost({ reason: 'price', closedOn: '2026-03-02' })));
it('moves back from where it was moved', () =>
  given(opened, OpportunityStageMoved({ from: 'proposal', to: 'closing' }))
    .with({ pipeline })
    .when('moveStage', { stageId: 'proposal' })
    .then(OpportunityStageMoved({ from: 'closing', to: 'proposal' })));
it('moves no more once it is closed', () =>
  given(opened, won).with({ pipeline }).when('moveStage', { stageId: 'proposal' }).thenRejected('opportunity-closed'));
it('changes what differs', () => {
  given(opened)
    .when('change', { name: ' Ten  desks', expectedCloseOn: '2026-04-01' })
    .then(OpportunityChanged({ expectedCloseOn: { to: '2026-04-01' } }));
  given(opened)
    .when('change', { value: null })
    .then(OpportunityChanged({ value: { from: eur('900.00') } }));
});
it('keeps its value once it is closed, and may change hands', () => {
  given(opened, won)
    .when('change', { value: eur('1.00') })
    .thenRejected('opportunity-closed');
  given(opened, won)
    .when('change', { ownerId: 'bob' })
    .then(OpportunityChanged({ ownerId: { from: 'ann', to: 'bob' } }));
});
it('says how each of its events is taken back', () => {
  const back = (event: NewEvent) => opportunity.how.inverse![event.type.type]!(event.data, {} as never);
  const line = { lineId: 'l1', productId: 'x', quantity: 2, price: eur('1.00') };
  expect(back(OpportunityStageMoved({ from: 'a', to: 'b' }))).toEqual({ command: 'moveStage', data: { stageId: 'a' } });
  expect(back(won)).toEqual({ command: 'reopen', data: {} });
  expect(back(OpportunityReopened({ was: 'won', value: eur('9.00'), closedOn: '2026-03-02' }))).toEqual({
    command: 'win',
    data: { closedOn: '2026-03-02', value: eur('9.00') },
  });
  expect(back(OpportunityReopened({ was: 'lost', reason: 'price', closedOn: '2026-03-02' }))).toEqual({
    command: 'lose',
    data: { closedOn: '2026-03-02', reason: 'price' },
  });
  expect(back(LineAdded(line))).toEqual({ command: 'removeLine', data: { lineId: 'l1' } });
  expect(back(LineRemoved({ ...line, place: 1 }))).toEqual({ command: 'addLine', data: { ...line, place: 1 } });
  expect(back(LineChanged({ lineId: 'l1', from: { quantity: 2, price: eur('1.00') }, to: { quantity: 3, price: eur('1.00') } }))).toEqual({
    command: 'changeLine',
    data: { lineId: 'l1', quantity: 2, price: eur('1.00') },
  });
});
it('takes the list price of a product', () =>
  given(opened)
    .with({ product: [ProductCreated({ code: 'd', name: 'Desk', prices: [eur('90.00')], active: true })] })
    .when('addLine', { productId: 'x', quantity: 2 })
    .then(LineAdded({ lineId: 'new1', productId: 'x', quantity: 2, price: eur('90.00') })));
it('does not mix currencies', () =>
  given(opened)
    .with({ product: [ProductCreated({ code: 'd', name: 'Desk', prices: [], active: true })] })
    .when('addLine', { productId: 'x', quantity: 2, price: { amount: '1', currency: 'USD' } })
    .thenRejected('currencies-mixed'));

describe('lines', () => {
  const desk = (more: object = {}) => ({
    product: [ProductCreated({ code: 'd', name: 'Desk', prices: [eur('90.00')], active: true, ...more })],
  });
  const line = (lineId: string, quantity = 1) => LineAdded({ lineId, productId: 'x', quantity, price: eur('90.00') });
  it('are of products that are sold', () =>
    given(opened)
      .with(desk({ active: false }))
      .when('addLine', { productId: 'x', quantity: 1 })
      .thenRejected('product-inactive'));
  it('have a price, listed or asked', () =>
    given(opened)
      .with(desk({ prices: [] }))
      .when('addLine', { productId: 'x', quantity: 1 })
      .thenRejected('no-price'));
  it('go back where they were taken from', () => {
    const stream = [opened, line('a'), line('b'), line('c')];
    const removed = LineRemoved({ ...line('b').data, place: 1 });
    given(...stream)
      .when('removeLine', { lineId: 'b' })
      .then(removed);
    given(...stream, removed)
      .with(desk())
      .when('addLine', removed.data)
      .then(LineAdded({ ...line('b').data, place: 1 }));
    given(...stream)
      .with(desk())
      .when('addLine', removed.data)
      .thenRejected('line-exists');
    viewSpec(opportunityRow)(...stream, removed, LineAdded(removed.data)).thenChildren(
      opportunityLines,
      ['a', 'b', 'c'].map((id) => ({ id, opportunityId: 'r1', ownerId: 'ann', productId: 'x', quantity: 1, price: eur('90.00') })),
    );
  });
  it('change in quantity and price, from and to', () => {
    const from = { quantity: 1, price: eur('90.00') };
    given(opened, line('a'))
      .when('changeLine', { lineId: 'a', quantity: 2 })
      .then(LineChanged({ lineId: 'a', from, to: { ...from, quantity: 2 } }));
    given(opened, line('a')).when('changeLine', { lineId: 'a', quantity: 1 }).then();
    given(opened, line('a'))
      .when('changeLine', { lineId: 'a', price: { amount: '1', currency: 'JPY' } })
      .thenRejected('currencies-mixed');
  });
  it('must exist to be changed or removed', () => {
    given(opened).when('changeLine', { lineId: 'a', quantity: 2 }).thenRejected('unknown-line');
    given(opened).when('removeLine', { lineId: 'a' }).thenRejected('unknown-line');
  });
  it('come to no more than an amount can say', () => {
    const dear = { productId: 'x', quantity: 1_000_000, price: eur('9999999999.00') };
    given(opened).with(desk()).when('addLine', dear).thenRejected('value-too-large');
    given(opened, line('a')).when('changeLine', { lineId: 'a', quantity: 1_000_000, price: dear.price }).thenRejected('value-too-large');
  });
  it('stay as they are once the deal is closed', () => {
    given(opened, line('a'), won).with(desk()).when('addLine', { productId: 'x', quantity: 1 }).thenRejected('opportunity-closed');
    given(opened, line('a'), won).when('changeLine', { lineId: 'a', quantity: 2 }).thenRejected('opportunity-closed');
    given(opened, line('a'), won).when('removeLine', { lineId: 'a' }).thenRejected('opportunity-closed');
  });
  it('share the currency of a value that is given', () =>
    given(opened, line('a'))
      .when('change', { value: { amount: '5', currency: 'JPY' } })
      .thenRejected('currencies-mixed'));
});

const at = '2026-03-02T09:00:00.000Z';
const row = {
  id: 'r1',
  name: 'Ten desks',
  ownerId: 'ann',
  pipelineId: 'p',
  stageId: 'proposal',
  stageSince: at,
  value: eur('900.00'),
  worth: eur('900.00'),
  worthMinor: '90000',
  worthAmount: 900,
  currency: 'EUR',
  lines: [],
  openedOn: '2026-03-02',
  createdAt: at,
  changedAt: at,
};
it('shows where a deal stands and what it is worth', () =>
  viewSpec(opportunityRow)(opened, OpportunityStageMoved({ from: 'proposal', to: 'closing' })).then({
    ...row,
    status: 'open',
    open: true,
    stageId: 'closing',
  }));
it('shows what it was won at, and what it is worth once opened again', () => {
  const dear = OpportunityWon({ value: eur('950.00'), closedOn: '2026-03-02' });
  const shown = {
    ...row,
    status: 'won' as const,
    open: false,
    wonValue: eur('950.00'),
    worth: eur('950.00'),
    worthMinor: '95000',
    worthAmount: 950,
    closedOn: '2026-03-02',
  };
  viewSpec(opportunityRow)(opened, dear).then(shown);
  viewSpec(opportunityRow)(opened, dear, OpportunityReopened({})).then({ ...row, status: 'open', open: true });
});
it('shows its note to nobody once the person it is about was erased', () => {
  const noted = OpportunityOpened({ ...opened.data, contactId: 'c', note: 'Met her at the fair' });
  viewSpec(opportunityRow)(noted).then({ ...row, status: 'open', open: true, contactId: 'c', note: 'Met her at the fair' });
});
it('shows nothing where a field was emptied, and is worth its lines again once its value is', () => {
  const dated = OpportunityOpened({ ...opened.data, expectedCloseOn: '2026-04-01', source: 'fair' });
  const emptied = OpportunityChanged({
    expectedCloseOn: { from: '2026-04-01' },
    source: { from: 'fair' },
    value: { from: eur('900.00') },
  });
  const { value: _, worth: __, worthMinor: ___, worthAmount: ____, currency: _____, ...plain } = row;
  viewSpec(opportunityRow)(dated, emptied).then({ ...plain, status: 'open', open: true });
});
it('forgets why it was lost once it is opened again', () =>
  viewSpec(opportunityRow)(opened, OpportunityLost({ reason: 'price', closedOn: '2026-03-02' }), OpportunityReopened({})).then({
    ...row,
    status: 'open',
    open: true,
  }));
it('has a document per line', () =>
  viewSpec(opportunityRow)(opened, LineAdded({ lineId: 'l1', productId: 'x', quantity: 2, price: eur('1.00') })).thenChildren(
    opportunityLines,
    [{ id: 'l1', opportunityId: 'r1', ownerId: 'ann', productId: 'x', quantity: 2, price: eur('1.00') }],
  ));

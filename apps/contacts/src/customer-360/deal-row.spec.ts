import { summarySpec, viewSpec } from '#testing';
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
import { accountDeals, contactDeals, dealRow } from './deal-row.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const at = '2026-03-02T09:00:00.000Z';
const closedOn = '2026-03-02';
const opened = OpportunityOpened({
  name: 'Ten desks',
  accountId: 'acme',
  ownerId: 'ann',
  pipelineId: 'p',
  stageId: 'first',
  openedOn: closedOn,
});
const row = {
  id: 'r1',
  name: 'Ten desks',
  accountId: 'acme',
  ownerId: 'ann',
  stageId: 'first',
  status: 'open' as const,
  open: true,
  lines: [],
  openedOn: closedOn,
  changedAt: at,
};

describe('a deal on a customer’s page', () => {
  it('stands in the stage it was moved to', () =>
    viewSpec(dealRow)(opened, OpportunityStageMoved({ from: 'first', to: 'last' })).then({ ...row, stageId: 'last' }));
  it('is worth the value it was given', () =>
    viewSpec(dealRow)(opened, OpportunityChanged({ value: { to: eur('900.00') } })).then({
      ...row,
      value: eur('900.00'),
      worth: eur('900.00'),
    }));
  it('is worth the sum of its lines when it was given none', () => {
    const line = { lineId: 'l1', productId: 'x', quantity: 2, price: eur('1.50') };
    const added = LineAdded(line);
    viewSpec(dealRow)(opened, added).then({ ...row, lines: [line], worth: eur('3.00') });
    const more = LineChanged({ lineId: 'l1', from: { quantity: 2, price: line.price }, to: { quantity: 3, price: line.price } });
    viewSpec(dealRow)(opened, added, more).then({ ...row, lines: [{ ...line, quantity: 3 }], worth: eur('4.50') });
    viewSpec(dealRow)(opened, added, LineRemoved({ ...line, place: 0 })).then(row);
  });
  it('is worth what it was won at, until it is opened again', () => {
    const won = OpportunityWon({ value: eur('950.00'), closedOn });
    viewSpec(dealRow)(opened, won).then({ ...row, status: 'won', open: false, wonValue: eur('950.00'), worth: eur('950.00'), closedOn });
    viewSpec(dealRow)(opened, won, OpportunityReopened({})).then(row);
  });
  it('says why it was lost, until it is opened again', () => {
    const lost = OpportunityLost({ reason: 'price', closedOn });
    viewSpec(dealRow)(opened, lost).then({ ...row, status: 'lost', open: false, reason: 'price', closedOn });
    viewSpec(dealRow)(opened, lost, OpportunityReopened({})).then(row);
  });
});

describe('a customer’s deals', () => {
  const deals = [
    { ...row, worth: eur('900.00') },
    { ...row, id: 'r2', worth: { amount: '1000', currency: 'JPY' } },
    { ...row, id: 'r3', status: 'won', closedOn: '2026-01-15', worth: eur('0.10') },
    { ...row, id: 'r4', status: 'won', closedOn: '2026-02-15', worth: eur('0.20') },
    { ...row, id: 'r5', status: 'lost', closedOn: '2026-02-01' },
  ];
  const totals = {
    open: 2,
    openValue: [eur('900.00'), { amount: '1000', currency: 'JPY' }],
    won: 2,
    wonValue: [eur('0.30')],
    lost: 1,
    lastClosedOn: '2026-02-15',
  };
  it('are counted and added up exactly, per currency', () => {
    summarySpec(accountDeals)('acme', { deals }).then({ id: 'acme', ...totals });
    summarySpec(contactDeals)('ann', { deals }).then({ id: 'ann', ...totals });
  });
  it('are none to begin with', () =>
    summarySpec(accountDeals)('acme', { deals: [] }).then({ id: 'acme', open: 0, openValue: [], won: 0, wonValue: [], lost: 0 }));
});

import { spec, viewSpec } from '#testing';
import { ProductChanged, ProductCreated } from '#events/sales/product';
import { priceIn, product } from './product.ts';
import { productRow } from './product-row.ts';

const given = spec(product);
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const desk = { code: 'D-1', name: 'Desk', prices: [eur('90.00')], active: true };
const created = ProductCreated(desk);

it('is sold from the start, code and name as they should have been typed', () =>
  given()
    .when('create', { code: ' D-1', name: 'Desk ', prices: [eur('90.00')] })
    .then(created));
it('has one price per currency', () => {
  const prices = [eur('90.00'), eur('80.00')];
  given().when('create', { code: 'D-1', name: 'Desk', prices }).thenRejected('price-twice');
  given(created).when('change', { prices }).thenRejected('price-twice');
});
it('records what changed, and stays silent when nothing did', () => {
  given(created)
    .when('change', { name: ' Big  desk', active: false })
    .then(ProductChanged({ name: { from: 'Desk', to: 'Big desk' }, active: { from: true, to: false } }));
  given(created).when('change', { code: ' D-1 ' }).then();
});
it('has a code no other product has, whatever its case', () => expect(product.how.unique!.code!(desk)).toBe('d-1'));
it('is priced in a currency or not', () => {
  expect(priceIn(desk, 'EUR')).toEqual(eur('90.00'));
  expect(priceIn(desk, 'JPY')).toBeUndefined();
});
it('shows its prices as they are now', () =>
  viewSpec(productRow)(created, ProductChanged({ prices: { from: desk.prices, to: [] } })).then({
    ...desk,
    id: 'r1',
    prices: [],
    keys: ['d1', 'desk'],
    createdAt: '2026-03-02T09:00:00.000Z',
  }));

import { spec, viewSpec } from '#testing';
import { AccountChanged, AccountCreated } from '#events/contacts/account';
import { account } from './account.ts';
import { accountRow } from './account-views.ts';

const given = spec(account);
const acme = { name: 'Acme', emails: [], phones: [], addresses: [], tags: [] };

it('mends sector and country, and keeps what was typed', () =>
  given()
    .when('create', { name: ' Acme  Corporation ', sector: 'technolgy', country: 'Philipines' })
    .then(
      AccountCreated({
        ...acme,
        name: 'Acme Corporation',
        sector: 'technology',
        sectorTyped: 'technolgy',
        country: 'PH',
        countryTyped: 'Philipines',
      }),
    ));
it('forgets what was typed once it is typed right', () =>
  given(AccountCreated({ ...acme, country: 'PH', countryTyped: 'Philipines' }))
    .when('change', { country: 'PH' })
    .then(AccountChanged({ countryTyped: { from: 'Philipines' } })));
it('cannot be its own parent', () =>
  given(AccountCreated(acme))
    .with({ parent: [AccountCreated(acme)] })
    .when('change', { parentId: 'r1' })
    .thenRejected('parent-in-a-circle'));
it('names no parent that does not exist', () => given().when('create', { name: 'B', parentId: 'x' }).thenRejected('unknown-record'));
it('shows what it was changed to', () => {
  const at = '2026-03-02T09:00:00.000Z';
  viewSpec(accountRow)(AccountCreated(acme), AccountChanged({ name: { from: 'Acme', to: 'Acme AG' } })).then({
    ...acme,
    id: 'r1',
    name: 'Acme AG',
    members: [],
    createdAt: at,
    changedAt: at,
  });
});

import { spec, summarySpec, viewSpec } from '#testing';
import { AccountAbsorbed, AccountChanged, AccountCreated, AccountMerged, AccountReleased, AccountUnmerged } from '#events/contacts/account';
import { account } from './account.ts';
import { accountCard, accountRow } from './account-views.ts';

const given = spec(account);
const acme = { name: 'Acme', emails: [], phones: [], addresses: [], tags: [] };

it('mends sector and country, and keeps what was typed', () =>
  given()
    .when('create', { name: ' Acme  Corporation ', sector: 'technolgy', country: 'Philipines' })
    .then(
      AccountCreated({
        ...acme,
        name: 'Acme Corporation',
        ownerId: 'ann',
        sector: 'technology',
        sectorTyped: 'technolgy',
        country: 'PH',
        countryTyped: 'Philipines',
      }),
    ));
it('is its maker’s, unless it is said to be everybody’s', () =>
  given().when('create', { name: 'Acme', ownerId: null }).then(AccountCreated(acme)));
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

describe('merging companies', () => {
  const at = '2026-03-02T09:00:00.000Z';
  const row = { ...acme, id: 'r1', members: [] as string[], createdAt: at, changedAt: at };
  const [created, other] = [AccountCreated(acme), AccountCreated({ ...acme, name: 'Acme AG' })];
  const merged = AccountMerged({ absorbedId: 'b', members: ['b', 'c'] });
  it('absorbs another with everybody that one had absorbed', () =>
    given(created)
      .with({ other: [other, AccountMerged({ absorbedId: 'c', members: ['c'] })] })
      .when('merge', { absorbedId: 'b' })
      .then(merged, { ...AccountAbsorbed({ survivorId: 'r1' }), to: 'other' }));
  it('is between two that stand for themselves', () => {
    given(created)
      .with({ other: [created] })
      .when('merge', { absorbedId: 'r1' })
      .thenRejected('not-two-roots');
    given(created, AccountAbsorbed({ survivorId: 'x' }))
      .with({ other: [other] })
      .when('merge', { absorbedId: 'b' })
      .thenRejected('not-two-roots');
    given(created)
      .with({ other: [other, AccountAbsorbed({ survivorId: 'x' })] })
      .when('merge', { absorbedId: 'b' })
      .thenRejected('not-two-roots');
  });
  it('chooses among those who are merged', () =>
    given(created)
      .with({ other: [other] })
      .when('merge', { absorbedId: 'b', chosen: [{ field: 'name', memberId: 'x' }] })
      .thenRejected('not-a-member'));
  it('shows the choice before again once a later one is taken back with its merge', () => {
    const choice = (memberId: string, absorbedId = memberId) =>
      AccountMerged({ absorbedId, members: [absorbedId], chosen: [{ field: 'name', memberId }] });
    const first = { ...row, members: ['b'], chosen: [{ field: 'name', memberId: 'b', with: 'b', own: row.name }] };
    viewSpec(accountRow)(created, choice('b')).then(first);
    viewSpec(accountRow)(created, choice('b'), choice('r1', 'c'), AccountUnmerged({ releasedId: 'c', members: ['c'] })).then(first);
  });
  it('releases a direct member with those it brought, and no other', () => {
    const absorbed = [other, AccountMerged({ absorbedId: 'c', members: ['c'] }), AccountAbsorbed({ survivorId: 'r1' })];
    given(created, merged)
      .with({ other: absorbed })
      .when('unmerge', { releasedId: 'b' })
      .then(AccountUnmerged({ releasedId: 'b', members: ['b', 'c'] }), { ...AccountReleased({ survivorId: 'r1' }), to: 'other' });
    given(created, merged)
      .with({ other: [other, AccountAbsorbed({ survivorId: 'b' })] })
      .when('unmerge', { releasedId: 'c' })
      .thenRejected('not-a-direct-member');
  });
  it('each is the other’s undoing', () => {
    const back = (type: string, data: object) => account.how.inverse![type]!(data, {} as never);
    expect(back(AccountMerged.type, merged.data)).toEqual({ command: 'unmerge', data: { releasedId: 'b' } });
    expect(back(AccountUnmerged.type, { releasedId: 'b', members: ['b'] })).toEqual({ command: 'merge', data: { absorbedId: 'b' } });
  });
  it('shows itself and whom it absorbed, and stands for itself again once released', () => {
    viewSpec(accountRow)(created, merged).then({ ...row, members: ['b', 'c'] });
    viewSpec(accountRow)(created, merged, AccountUnmerged({ releasedId: 'b', members: ['b', 'c'] })).then(row);
    viewSpec(accountRow)(created, AccountAbsorbed({ survivorId: 'x' })).then({ ...row, mergedInto: 'x' });
    viewSpec(accountRow)(created, AccountAbsorbed({ survivorId: 'x' }), AccountReleased({ survivorId: 'x' })).then(row);
  });
  it('a card shows the chosen values, and is found by the names of all members', () => {
    const b = {
      ...row,
      id: 'b',
      name: 'Acme AG',
      website: 'https://acme.test',
      emails: [{ type: 'work', address: 'info@acme.test', primary: true }],
    };
    summarySpec(accountCard)('r1', {
      accounts: [{ ...row, members: ['b'], chosen: [{ field: 'website', memberId: 'b', with: 'b' }] }, b],
    }).then({
      ...row,
      members: ['b'],
      website: 'https://acme.test',
      searchable: ['Acme AG', 'info@acme.test'],
      nameKeys: ['acme', 'acmeag'],
    });
  });
  it('a card shows what was written into a field after another’s value was chosen for it', () => {
    const b = { ...row, id: 'b', website: 'https://b.test' };
    const root = { ...row, members: ['b'], website: 'https://new.test', chosen: [{ field: 'website', memberId: 'b', with: 'b' }] };
    summarySpec(accountCard)('r1', { accounts: [root, b] }).then({
      ...row,
      members: ['b'],
      website: 'https://new.test',
      searchable: [row.name],
      nameKeys: ['acme'],
    });
  });
});

import { spec, summarySpec, viewSpec } from '#testing';
import { ContactAbsorbed, ContactChanged, ContactCreated, ContactMerged, ContactReleased, ContactUnmerged } from '#events/contacts/contact';
import { contact } from './contact.ts';
import { contactCard, contactRow } from './contact-views.ts';

const given = spec(contact);
const ann = { name: 'Ann Lee', emails: [], phones: [], addresses: [], ownerId: 'ann', tags: [], lifecycleStage: 'lead' as const };
const created = ContactCreated(ann);

it('belongs to whoever creates it, its channels standardised and what was typed beside them', () =>
  given()
    .when('create', {
      givenName: 'Ann',
      familyName: 'Lee',
      emails: [{ address: ' Ann@EXAMPLE.com' }],
      phones: [{ number: '(212) 555-0123', country: 'US' }],
    })
    .then(
      ContactCreated({
        ...ann,
        givenName: 'Ann',
        familyName: 'Lee',
        emails: [{ type: 'work', address: 'Ann@example.com', typed: ' Ann@EXAMPLE.com', primary: true }],
        phones: [{ type: 'work', number: '+12125550123', typed: '(212) 555-0123', primary: true }],
      }),
    ));
it('needs something to be called by', () => given().when('create', { jobTitle: 'Boss' }).thenRejected('nothing-to-call-it-by'));
it('records what changed, from and to', () =>
  given(created)
    .when('change', { jobTitle: 'Boss', tags: ['vip'] })
    .then(ContactChanged({ jobTitle: { to: 'Boss' }, tags: { from: [], to: ['vip'] } })));
it('stays silent when nothing differs', () => given(created).when('change', { name: 'Ann Lee' }).then());
it('absorbs another with everybody that one had absorbed', () =>
  given(created)
    .with({ other: [created, ContactMerged({ absorbedId: 'c', members: ['c'] })] })
    .when('merge', { absorbedId: 'b' })
    .then(ContactMerged({ absorbedId: 'b', members: ['b', 'c'] }), { ...ContactAbsorbed({ survivorId: 'r1' }), to: 'other' }));
it('does not absorb what was absorbed already', () =>
  given(created)
    .with({ other: [created, ContactAbsorbed({ survivorId: 'x' })] })
    .when('merge', { absorbedId: 'b' })
    .thenRejected('not-two-roots'));
it('releases a direct member with those it brought', () =>
  given(created, ContactMerged({ absorbedId: 'b', members: ['b', 'c'] }))
    .with({ other: [created, ContactMerged({ absorbedId: 'c', members: ['c'] }), ContactAbsorbed({ survivorId: 'r1' })] })
    .when('unmerge', { releasedId: 'b' })
    .then(ContactUnmerged({ releasedId: 'b', members: ['b', 'c'] }), { ...ContactReleased({ survivorId: 'r1' }), to: 'other' }));

const row = { ...ann, id: 'r1', members: [], createdAt: '2026-03-02T09:00:00.000Z', changedAt: '2026-03-02T09:00:00.000Z' };
it('shows itself and whom it absorbed', () =>
  viewSpec(contactRow)(created, ContactMerged({ absorbedId: 'b', members: ['b'] })).then({ ...row, members: ['b'] }));
it('a card shows the chosen values, and is found by those of all members', () => {
  const other = { ...row, id: 'b', name: 'A. Lee', jobTitle: 'Boss', emails: [{ type: 'work', address: 'a@x.org', primary: true }] };
  summarySpec(contactCard)('r1', {
    contacts: [{ ...row, members: ['b'], chosen: [{ field: 'jobTitle', memberId: 'b', with: 'b' }] }, other],
  }).then({
    ...row,
    members: ['b'],
    jobTitle: 'Boss',
    searchable: ['A. Lee', 'a@x.org'],
    emailKeys: ['a@x.org'],
  });
});

it('takes lists as it shows them: what was typed stays beside what it was standardised to', () => {
  const emails = [{ type: 'work' as const, address: 'Ann@example.com', typed: ' Ann@EXAMPLE.com', primary: true }];
  const phones = [{ type: 'mobile' as const, number: '+359888123456', typed: '0888 123 456', primary: true }];
  const addresses = [{ type: 'work' as const, city: 'София', country: 'BG', typed: 'Bulgaria', primary: true }];
  given(ContactCreated({ ...ann, emails, phones, addresses }))
    .when('change', { emails, phones, addresses })
    .then();
});
it('chooses among those who are merged', () =>
  given(created)
    .with({ other: [created] })
    .when('merge', { absorbedId: 'b', chosen: [{ field: 'name', memberId: 'x' }] })
    .thenRejected('not-a-member'));
it('releases none but direct members', () =>
  given(created)
    .with({ other: [created, ContactAbsorbed({ survivorId: 'b' })] })
    .when('unmerge', { releasedId: 'c' })
    .thenRejected('not-a-direct-member'));

it('reads a number without a prefix as of the first address’s country, else of where the tenant is', () => {
  const kept = { type: 'work' as const, number: '+359888123456', typed: '0888 123 456', primary: true };
  const sofia = { type: 'work' as const, city: 'Sofia', country: 'BG', primary: true };
  given()
    .as({ country: 'BG' })
    .when('create', { name: 'Ann Lee', phones: [{ number: '0888 123 456' }] })
    .then(ContactCreated({ ...ann, phones: [kept] }));
  given(ContactCreated({ ...ann, addresses: [sofia] }))
    .as({ country: 'US' })
    .when('change', { phones: [{ number: '0888 123 456' }] })
    .then(ContactChanged({ phones: { from: [], to: [kept] } }));
});

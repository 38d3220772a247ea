import { permissionsOf, scopedTo, type Team } from './permissions.ts';
import { DEFAULT_ROLES } from './roles.ts';

const teams: Team[] = [
  { id: 'head', members: ['hugo'], managers: ['mia'] },
  { id: 'east', parent: 'head', members: ['ann', 'bob'] },
  { id: 'west', parent: 'head', members: ['cy'] },
  { id: 'far-east', parent: 'east', members: ['dee'] },
];
const person = (id: string, ...roles: string[]) => permissionsOf(DEFAULT_ROLES, teams, { id, roles });

it('lets a seller reach own records, and everybody’s products', () => {
  const ann = person('ann', 'seller');
  expect(ann.may('change', 'sales.opportunity')).toEqual({ all: false, owners: ['ann'] });
  expect(ann.may('read', 'sales.product')).toEqual({ all: true });
  expect(ann.may('change', 'sales.product')).toBeUndefined();
  expect(ann.may('events.read', 'sales')).toBeUndefined();
  expect(ann.may('erase', 'contacts.contact')).toBeUndefined();
});

it('lets a manager reach the team and the teams below it', () => {
  const mia = person('mia', 'manager').may('read', 'contacts.contact');
  expect(mia).toEqual({ all: false, owners: expect.arrayContaining(['mia', 'hugo', 'ann', 'bob', 'cy', 'dee']) });
  const ann = person('ann', 'manager').may('read', 'contacts.contact');
  expect(ann).toEqual({ all: false, owners: expect.not.arrayContaining(['cy', 'hugo', 'mia']) });
  expect(ann).toMatchObject({ owners: expect.arrayContaining(['dee']) });
});

it('takes the farthest reach of several roles', () => {
  expect(person('ann', 'seller', 'analyst').may('read', 'contacts.contact')).toEqual({ all: true });
  expect(person('ann', 'seller', 'analyst').may('change', 'contacts.contact')).toEqual({ all: false, owners: ['ann'] });
});

it('grants nothing without a known role, and says so', () => {
  const nobody = person('x', 'king');
  expect(nobody.may('read', 'sales.product')).toBeUndefined();
  expect(nobody.why('read', 'sales.product')).toBe('no role: grants no read on sales.product');
  expect(person('ann', 'seller').why('erase', 'contacts.contact')).toBe('role seller: grants no erase on contacts.contact');
});

it('does not take a service for another whose name begins alike', () => {
  const roles = [{ name: 'r', grants: [{ can: ['read'], on: ['sales'], reach: 'all' as const }] }];
  expect(permissionsOf(roles, [], { id: 'a', roles: ['r'] }).may('read', 'salesforce.lead')).toBeUndefined();
});

it('survives teams that lie in a circle', () => {
  const circle = [
    { id: 'a', parent: 'b', members: ['x'] },
    { id: 'b', parent: 'a', members: ['y'] },
  ];
  expect(permissionsOf(DEFAULT_ROLES, circle, { id: 'x', roles: ['manager'] }).may('read', 'sales.opportunity')).toEqual({
    all: false,
    owners: ['x', 'y'],
  });
});

it('hides a field only when every role concerned hides it', () => {
  const roles = [
    { name: 'shy', grants: [{ can: ['read'], on: ['sales'], reach: 'all' as const }], hidden: { 'sales.opportunity': ['value', 'name'] } },
    {
      name: 'less',
      grants: [{ can: ['read'], on: ['sales.opportunity'], reach: 'own' as const }],
      hidden: { 'sales.opportunity': ['value'] },
    },
    { name: 'other', grants: [{ can: ['read'], on: ['contacts'], reach: 'all' as const }] },
  ];
  expect(permissionsOf(roles, [], { id: 'a', roles: ['shy', 'other'] }).hidden('sales.opportunity')).toEqual(
    expect.arrayContaining(['value', 'name']),
  );
  expect(permissionsOf(roles, [], { id: 'a', roles: ['shy', 'less'] }).hidden('sales.opportunity')).not.toContain('name');
});

it('narrows an API key to its scopes', () => {
  const key = scopedTo(person('ann', 'seller'), [{ can: ['read', 'erase'], on: ['contacts'], reach: 'all' }]);
  expect(key.may('read', 'contacts.contact')).toEqual({ all: false, owners: ['ann'] });
  expect(key.may('erase', 'contacts.contact')).toBeUndefined();
  expect(key.may('read', 'sales.product')).toBeUndefined();
  expect(key.why('read', 'sales.product')).toContain('API key');
});

it('hides with a field what would tell of it, also in records of other kinds', () => {
  const roles = [
    { name: 'shy', grants: [{ can: ['read'], on: ['*'], reach: 'all' as const }], hidden: { 'sales.opportunity': ['value'] } },
  ];
  const { hidden } = permissionsOf(roles, [], { id: 'a', roles: ['shy'] });
  expect(hidden('sales.opportunity')).toEqual(expect.arrayContaining(['value', 'worth', 'lines']));
  expect(hidden('contacts.account')).toEqual(['openValue', 'wonValue']);
});

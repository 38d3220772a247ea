import { spec, viewSpec } from '#testing';
import { RoleChanged, RoleCreated, RoleRemoved } from '#events/workspace/role';
import { role, startingRole } from './role.ts';
import { roleRow } from './role-row.ts';

const given = spec(role);
const grants = [{ can: ['read'], on: ['sales'], reach: 'team' as const }];
const scout = RoleCreated({ name: 'scout', grants });

it('is what it grants', () => given().when('create', { name: ' scout', grants }).then(scout));
it('is changed and removed as its tenant likes', () => {
  given(scout)
    .when('change', { hidden: ['sales.opportunity.value'] })
    .then(RoleChanged({ hidden: { to: ['sales.opportunity.value'] } }));
  given(scout).when('remove', {}).then(RoleRemoved({}));
});
it('stays as it is where it is the administrators’: somebody must be able to change the others', () => {
  const id = startingRole('administrator');
  given(scout).as({ id }).when('change', { grants: [] }).thenRejected('administrator-stays');
  given(scout).as({ id }).when('remove', {}).thenRejected('administrator-stays');
});
it('has a name no other role has', () => expect(role.how.unique!.name!({ name: 'Scout', grants })).toBe('scout'));
it('shows its grants as they are now', () =>
  viewSpec(roleRow)(scout, RoleChanged({ grants: { from: grants, to: [] } })).then({
    id: 'r1',
    name: 'scout',
    grants: [],
    createdAt: '2026-03-02T09:00:00.000Z',
  }));

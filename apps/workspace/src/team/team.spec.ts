import { spec, viewSpec } from '#testing';
import { TeamChanged, TeamCreated } from '#events/workspace/team';
import { team } from './team.ts';
import { teamRow } from './team-row.ts';

const given = spec(team);
const central = TeamCreated({ name: 'Central' });

it('is named as it should have been typed', () => given().when('create', { name: '  Central ' }).then(central));
it('is part of a team that exists', () => {
  given()
    .with({ parent: [central] })
    .when('create', { name: 'North', parentId: 'p' })
    .then(TeamCreated({ name: 'North', parentId: 'p' }));
  given().when('create', { name: 'North', parentId: 'p' }).thenRejected('unknown-record');
  given(central).when('change', { parentId: 'p' }).thenRejected('unknown-record');
});
it('is never above itself', () => {
  given(central)
    .with({ parent: [central] })
    .when('change', { parentId: 'r1' })
    .thenRejected('teams-in-a-circle');
  given(central)
    .with({ parent: [TeamCreated({ name: 'North', parentId: 'r1' })] })
    .when('change', { parentId: 'n' })
    .thenRejected('teams-in-a-circle');
});
it('records what changed', () =>
  given(central)
    .when('change', { name: 'Centre' })
    .then(TeamChanged({ name: { from: 'Central', to: 'Centre' } })));
it('leaves its parent when that is cleared', () =>
  given(TeamCreated({ name: 'North', parentId: 'p' }))
    .when('change', { parentId: null })
    .then(TeamChanged({ parentId: { from: 'p' } })));
it('has a name no other team has, whatever its case', () => expect(team.how.unique!.name!({ name: 'CENTRAL' })).toBe('central'));
it('shows its name as it is now', () =>
  viewSpec(teamRow)(central, TeamChanged({ name: { from: 'Central', to: 'Centre' } })).then({
    id: 'r1',
    name: 'Centre',
    nameKey: 'centre',
    createdAt: '2026-03-02T09:00:00.000Z',
  }));

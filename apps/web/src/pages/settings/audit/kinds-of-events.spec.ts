import { EVENT_TYPES, partsOf } from '../../../parts/history/events.ts';
import { ABOUT, GROUPS, typesFor } from './kinds-of-events.ts';

it('knows the types of a kind, of a group of acts, and of both', () => {
  expect(typesFor('workspace.team', 'made')).toEqual(['workspace.team.created']);
  expect(typesFor('batch', 'imported')).toContain('sales.batch.finished');
  expect(typesFor(undefined, 'closed')).toEqual(expect.arrayContaining(['sales.opportunity.won', 'contacts.activity.completed']));
  expect(typesFor(undefined, undefined)).toBeUndefined();
  expect(typesFor('workspace.team', 'closed')).toEqual(['none.such.event']);
});
it('finds every event by its act and by its kind', () => {
  const acts = new Set<string>(Object.values(GROUPS).flat());
  expect(EVENT_TYPES.filter((type) => !acts.has(partsOf(type).act))).toEqual([]);
  expect(new Set(ABOUT.flatMap((about) => typesFor(about, undefined)!)).size).toBe(EVENT_TYPES.length);
});

import type { Profile } from '../kinds.ts';
import { choicesOf, chosenOf, firstChoice } from './merge-choices.ts';

const FIELDS = ['emails', 'jobTitle', 'source', 'tags'];
const mine = { jobTitle: 'Head', emails: [], tags: [] } as Partial<Profile>;
const theirs = {
  jobTitle: 'Buyer',
  source: 'Web form',
  tags: [],
  emails: [{ type: 'work', address: 'a@x.example', primary: true }],
} as Partial<Profile>;
const choices = choicesOf(FIELDS, mine, theirs);

it('asks only where the two differ', () => {
  expect(choices.map(({ field }) => field)).toEqual(['emails', 'jobTitle', 'source']);
  expect(choicesOf(FIELDS, mine, mine)).toEqual([]);
});

it('keeps the survivor’s value, and takes the other’s where there is none', () => {
  expect(choices.map(firstChoice)).toEqual(['theirs', 'mine', 'theirs']);
  expect(chosenOf(choices, {}, 'b')).toEqual([
    { field: 'emails', memberId: 'b' },
    { field: 'source', memberId: 'b' },
  ]);
});

it('does as somebody chooses, except that nothing cannot be chosen', () => {
  expect(chosenOf(choices, { jobTitle: 'theirs', emails: 'mine', source: 'mine' }, 'b')).toEqual([{ field: 'jobTitle', memberId: 'b' }]);
  const back = choicesOf(FIELDS, theirs, mine);
  expect(chosenOf(back, { source: 'theirs' }, 'a')).toEqual([]);
});

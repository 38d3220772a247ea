import { isSame } from '../same.ts';
import type { Profile } from '../kinds.ts';

/** A field in which two records differ, with what each has. */
export type Choice = { field: string; mine: unknown; theirs: unknown };

/** Fields that somebody has to choose in: both records have a value, and not the same; and those that only the other has. */
export function choicesOf(fields: readonly string[], mine: Partial<Profile>, theirs: Partial<Profile>): Choice[] {
  return fields.flatMap((field) => {
    const [a, b] = [(mine as Record<string, unknown>)[field], (theirs as Record<string, unknown>)[field]];
    return isSame(a, b) ? [] : [{ field, mine: a, theirs: b }];
  });
}

const isNone = (value: unknown) => isSame(value, undefined);

/** What is chosen before anybody chooses: the survivor's value, or the other's where the survivor has none. */
export const firstChoice = ({ mine, theirs }: Choice): 'mine' | 'theirs' => (isNone(mine) && !isNone(theirs) ? 'theirs' : 'mine');

/** What the merge is told: whose value it shows where that is not the survivor's. What is empty cannot be chosen. */
export const chosenOf = (choices: readonly Choice[], picked: Readonly<Record<string, 'mine' | 'theirs'>>, absorbedId: string) =>
  choices
    .filter((choice) => (picked[choice.field] ?? firstChoice(choice)) === 'theirs' && !isNone(choice.theirs))
    .map(({ field }) => ({ field, memberId: absorbedId }));

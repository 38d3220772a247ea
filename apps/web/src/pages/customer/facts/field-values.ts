import type { HistoryItem, Profile } from '../kinds.ts';
import { valueIn } from '../kinds.ts';
import { isSame } from '../same.ts';
import { applied, profileAt } from '../sketch.ts';

/** A value a field once had: since when, by which event. `member`: it is that member's, chosen when they were merged. */
export type Value = { value: unknown; item: HistoryItem; member?: string };
type Choice = { memberId: string; with: string; own: unknown };

/**
 * Every value a field ever had, newest first, as the record's own history tells it (oldest first). Of a merged customer the chosen member's value counts as
 * long as the survivor's own is what it was when it was chosen.
 *
 * @param members histories of those who were merged into it, by id
 */
export function valuesOf(field: string, history: readonly HistoryItem[], members: ReadonlyMap<string, readonly HistoryItem[]>): Value[] {
  const values: Value[] = [];
  let fields: Record<string, unknown> | undefined;
  let choices: Choice[] = [];
  for (const item of history) {
    fields = applied(fields, item);
    const own = valueIn(fields as Partial<Profile>, field);
    const act = item.type.slice(item.type.lastIndexOf('.') + 1);
    if (act === 'merged') {
      const { absorbedId, chosen = [] } = item.data as { absorbedId: string; chosen?: { field: string; memberId: string }[] };
      choices = [...choices, ...chosen.filter((one) => one.field === field).map(({ memberId }) => ({ memberId, with: absorbedId, own }))];
    }
    if (act === 'unmerged') choices = choices.filter((one) => one.with !== item.data.releasedId);
    const choice = choices.findLast((one) => isSame(one.own, own));
    const theirs = choice && members.get(choice.memberId);
    const chosen = theirs && valueIn(profileAt(theirs, Date.parse(item.at)) as Partial<Profile> | undefined, field);
    const value = chosen === undefined ? own : chosen;
    const last = values.at(-1);
    if (last === undefined ? value !== undefined || act === 'created' : !isSame(last.value, value))
      values.push({ value, item, ...(chosen === undefined ? {} : { member: choice!.memberId }) });
  }
  return values.reverse();
}

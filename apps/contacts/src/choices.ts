import { Anything, Id, List, Optional, same, Struct, Text, type Static } from '#model';

/**
 * Whose value a merged record shows in a field; `with`: the merge it was chosen in, by the record absorbed then. The last choice of a field counts, and
 * only as long as the record's `own` value is what it was then: what somebody writes into the field later is shown.
 */
export const Choices = List(Struct({ field: Text, memberId: Id, with: Id, own: Optional(Anything) }));

type Row = { members: string[]; chosen?: Static<typeof Choices> };
type Merged = { absorbedId: string; members: string[]; chosen?: { field: string; memberId: string }[] };
type Unmerged = { releasedId: string; members: string[] };

/** A row with those it absorbed, and what was chosen of them. */
export const merged = <R extends Row>(row: R, { absorbedId, members, chosen = [] }: Merged): R =>
  chosenOf({ ...row, members: [...row.members, ...members] }, [
    ...(row.chosen ?? []),
    ...chosen.map((one) => ({ ...one, with: absorbedId, own: (row as Record<string, unknown>)[one.field] })),
  ]);

/** A row as it would be had it never absorbed them: what was chosen then goes, and what was chosen before counts again. */
export const unmerged = <R extends Row>(row: R, { releasedId, members }: Unmerged): R =>
  chosenOf(
    { ...row, members: row.members.filter((member) => !members.includes(member)) },
    (row.chosen ?? []).filter((one) => one.with !== releasedId && !members.includes(one.memberId)),
  );

const chosenOf = <R extends Row>({ chosen: _, ...row }: R, chosen: Static<typeof Choices>): R =>
  (chosen.length > 0 ? { ...row, chosen } : row) as R;

/** The values a root shows instead of its own. */
export function chosenValues(root: Row, rows: { id: string }[], fields: object): Record<string, unknown> {
  return Object.fromEntries(
    (root.chosen ?? []).flatMap(({ field, memberId, own }) => {
      const from = rows.find((row) => row.id === memberId) as Record<string, unknown> | undefined;
      const counts = field in fields && field !== 'id' && same((root as Record<string, unknown>)[field], own);
      return from && counts && from[field] !== undefined ? [[field, from[field]]] : [];
    }),
  );
}

/** The first choice that names nobody of the two who are merged, nor of those they had absorbed. */
export const strangeChoice = (chosen: Merged['chosen'], members: string[]) => chosen?.find(({ memberId }) => !members.includes(memberId));

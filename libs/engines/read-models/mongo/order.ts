import { ABSENT, LISTED, type SortKey } from './entry.ts';
import { keyOf, sortName } from './layout.ts';
import { allOf, anyOf, isAbsent, type Filter } from './predicate.ts';

/** Where a former page ended: the sort keys of its last document by field, and its id. */
export type After = { keys: Map<string, SortKey>; tenant: string; id: string };

/** Documents in one stretch of the order. Steps one after the other are the whole of it. */
export type Step = { within: Filter[]; terms: Term[]; after: After | undefined };

/**
 * What is sorted by. `absent`: a field's being absent, which is no field of the document: it is computed, and its sort is made in memory; only further keys
 * that go down need it.
 */
export type Term = { by: 'field' | 'absent'; field: string; desc: boolean } | { by: 'key'; desc: boolean };

type Key = { field: string; desc?: boolean };

/**
 * The steps that give documents in sort order. Absent values sort last both ways: going up they do by themselves; going down those that have a value come
 * first, off the index backwards, then the others.
 */
export function stepsOf(sort: Key[], after: After | undefined, keyDesc: boolean): Step[] {
  const [first, ...rest] = sort;
  if (!first?.desc) return [{ within: [], terms: [...sort.flatMap(termsOf), { by: 'key', desc: keyDesc }], after }];
  const name = sortName(first.field);
  const behindValues = after !== undefined && isAbsent(after.keys.get(first.field));
  const terms: Term[] = [{ by: 'field', field: first.field, desc: true }, ...rest.flatMap(termsOf), { by: 'key', desc: keyDesc }];
  return [
    ...(behindValues ? [] : [{ within: [{ [name]: { $lt: ABSENT } }], terms, after }]),
    ...stepsOf(rest, behindValues ? after : undefined, keyDesc).map((step) => ({ ...step, within: [{ [name]: ABSENT }, ...step.within] })),
  ];
}

const termsOf = ({ field, desc = false }: Key): Term[] => [
  ...(desc ? [{ by: 'absent', field, desc: false } as const] : []),
  { by: 'field', field, desc },
];

/** What lies beyond a place in an order. */
export function beyond(terms: Term[], after: After): Filter {
  return anyOf(
    terms.flatMap((term, at) => {
      const further = furtherBy(term, after);
      return further ? [allOf([...terms.slice(0, at).map((former) => levelBy(former, after)), further])] : [];
    }),
  );
}

function levelBy(term: Term, { keys, tenant, id }: After): Filter {
  if (term.by === 'key') return { _id: keyOf(tenant, id) };
  const name = sortName(term.field);
  const key = keys.get(term.field)!;
  if (term.by === 'absent' && !isAbsent(key)) return { [name]: { $lt: ABSENT } };
  return { [name]: key };
}

function furtherBy(term: Term, { keys, tenant, id }: After): Filter | undefined {
  if (term.by === 'key') return { _id: { [term.desc ? '$lt' : '$gt']: keyOf(tenant, id) } };
  const name = sortName(term.field);
  const key = keys.get(term.field)!;
  if (term.by === 'absent') return isAbsent(key) ? undefined : { [name]: ABSENT };
  if (isAbsent(key)) return term.desc ? { [name]: { $lt: ABSENT } } : undefined;
  const kinds = KINDS.map(({ all }) => all);
  const kind = KINDS.findIndex(({ is }) => is(key));
  const others = term.desc ? kinds.slice(0, kind) : kinds.slice(kind + 1);
  return anyOf([{ [name]: { [term.desc ? '$lt' : '$gt']: key } }, ...others.map((all) => ({ [name]: all }))]);
}

/** Types in the order they sort in. MongoDB compares within one type only, so what is beyond a value is beyond it in its type, or of a type beyond. */
const KINDS: { is: (key: SortKey) => boolean; all: Filter | SortKey }[] = [
  { is: (key) => typeof key === 'number', all: { $lte: Infinity } },
  { is: (key) => typeof key === 'string', all: { $gte: '' } },
  { is: (key) => typeof key === 'boolean', all: { $in: [false, true] } },
  { is: (key) => key === LISTED, all: LISTED },
  { is: isAbsent, all: ABSENT },
];

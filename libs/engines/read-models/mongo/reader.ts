import mongoose, { type mongo } from 'mongoose';
import { BadQuery, type Group, type Key, type Page, type Query, type Scalar, type Stored, type Where } from '../port.ts';
import { askedWords, isNothing } from '../query/asked.ts';
import { checkField, checkLimit, checkSort, plainWhere } from '../query/check.ts';
import { decodeCursor, encodeCursor } from '../query/cursor.ts';
import { groupsOf, MOST_GROUPS, tallyOf, type Tally } from '../query/groups.ts';
import { ABSENT, fromKey, HIGH_PART, toKey } from './entry.ts';
import { highName, idOf, keyOf, keysOf, lowName, rawName, sortName, tenantOf, type Layout, type StoredDoc } from './layout.ts';
import { beyond, stepsOf, type After, type Step } from './order.ts';
import { allOf, filterOf, pinnedBy, wordBegins, type Filter } from './predicate.ts';

type Docs = mongo.Collection<StoredDoc>;
type Asked = Pick<Query, 'tenant' | 'where' | 'search'>;

const KEYS_PER_LOAD = 1_000;
/** Sorts too large for memory go by the engine's disk. */
const HOW: mongo.AggregateOptions = { allowDiskUse: true };

export async function load(docs: Docs, keys: Key[]): Promise<(Stored | undefined)[]> {
  const wanted = [...new Set(keys.map(({ tenant, id }) => keyOf(tenant, id)))];
  const found = new Map<string, Stored>();
  for (let from = 0; from < wanted.length; from += KEYS_PER_LOAD) {
    const some = wanted.slice(from, from + KEYS_PER_LOAD);
    for (const doc of await docs.find({ _id: { $in: some } }, { projection: SHOWN }).toArray()) found.set(doc._id, storedOf(doc));
  }
  return keys.map(({ tenant, id }) => found.get(keyOf(tenant, id)));
}

export async function query(docs: Docs, layout: Layout, asked: Query): Promise<Page> {
  checkLimit(asked.limit);
  const sort = checkSort(layout.fieldSet, asked.sort ?? []);
  const place = asked.after === undefined ? undefined : decodeCursor(sort, asked.after);
  const after: After | undefined = place && {
    keys: new Map(sort.map(({ field }, at) => [field, toKey(place.keys[at]!)])),
    tenant: asked.tenant,
    id: place.id,
  };
  const { where, filter } = filterFor(layout, asked);
  if (isNothing(where)) return { items: [] };
  const pinned = pinnedBy(where);
  const keys = sort.filter(({ field }) => !pinned.has(field));
  const wanted = asked.limit + 1;
  const found: StoredDoc[] = [];
  for (const step of stepsOf(keys, after, sort.at(-1)?.desc ?? false)) {
    if (found.length >= wanted) break;
    found.push(
      ...(await docs
        .aggregate<StoredDoc>(
          pageOf(
            filter,
            step,
            sort.map(({ field }) => field),
            wanted - found.length,
          ),
          HOW,
        )
        .toArray()),
    );
  }
  const items = found.slice(0, asked.limit).map(storedOf);
  if (found.length < wanted) return { items };
  const last = found[asked.limit - 1]!;
  return { items, next: encodeCursor(sort, { id: idOf(last._id), keys: sort.map(({ field }) => fromKey(last[sortName(field)])) }) };
}

export async function count(docs: Docs, layout: Layout, asked: Asked, upTo: number): Promise<{ count: number; more: boolean }> {
  const { where, filter } = filterFor(layout, asked);
  if (isNothing(where)) return { count: 0, more: false };
  const most = Math.max(0, Math.floor(upTo));
  const stages: mongo.Document[] = [{ $match: filter }, ...(Number.isFinite(most) ? [{ $limit: most + 1 }] : []), { $count: 'count' }];
  const [found] = await docs.aggregate<{ count: number }>(stages, HOW).toArray();
  const counted = found?.count ?? 0;
  return counted > most ? { count: most, more: true } : { count: counted, more: false };
}

export async function group(docs: Docs, layout: Layout, asked: Asked & { by: string[]; sum?: string[] }): Promise<Group[]> {
  const { by, sum = [] } = asked;
  for (const field of by) checkField(layout.fieldSet, field, 'grouped by');
  for (const field of sum) checkField(layout.sumSet, field, 'summed');
  const { where, filter } = filterFor(layout, asked);
  if (isNothing(where)) return [];
  const stage: mongo.Document = {
    _id:
      by.length > 0
        ? Object.fromEntries(
            by.flatMap((field, at) => [
              [`g${at}`, `$${sortName(field)}`],
              [`r${at}`, `$${rawName(field)}`],
            ]),
          )
        : null,
    count: { $sum: 1 },
    ...Object.fromEntries(
      sum.flatMap((field, at) => [
        [`m${at}`, { $sum: `$${lowName(field)}` }],
        [`h${at}`, { $sum: `$${highName(field)}` }],
      ]),
    ),
  };
  const rows = await docs.aggregate<mongo.Document>([{ $match: filter }, { $group: stage }, { $limit: MOST_GROUPS + 1 }], HOW).toArray();
  const tallies = new Map<string, Tally>();
  for (const row of rows) {
    const values = by.map((field, at): Scalar => {
      const { [`g${at}`]: key, [`r${at}`]: raw = key } = row._id as Record<string, unknown>;
      const value = fromKey(raw);
      if (Array.isArray(value)) throw new BadQuery(field, 'holds lists; it cannot be grouped by');
      return value;
    });
    const tally = tallyOf(tallies, values, asked);
    tally.count += row.count as number;
    for (const [at, field] of sum.entries()) tally.sums[field]! += wholeOfSum(row[`h${at}`]) * HIGH_PART + wholeOfSum(row[`m${at}`]);
  }
  return groupsOf(tallies);
}

export async function scan(docs: Docs, { tenant, after, limit }: { tenant?: string; after?: Key; limit: number }): Promise<Stored[]> {
  const behind = after && (tenant === undefined || after.tenant === tenant) ? keyOf(after.tenant, after.id) : undefined;
  const found = await docs
    .find({ _id: keysOf(tenant, behind) }, { projection: SHOWN })
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();
  return found.map(storedOf);
}

/** The filter a query comes to, checked: the tenant's keys are part of it always. */
function filterFor(layout: Layout, { tenant, where, search }: Asked): { where: Where; filter: Filter } {
  const plain = plainWhere(layout.fieldSet, where ?? { and: [] });
  const conditions = [filterOf(plain), ...askedWords(search).map(wordBegins)];
  return { where: plain, filter: { t: tenant, _id: keysOf(tenant), ...inAnd(allOf(conditions)) } };
}

const inAnd = (filter: Filter): Filter => (Object.keys(filter).length === 0 ? {} : { $and: [filter] });

/** Computed before they are sorted by: whether a field is absent. */
const absentName = (field: string) => `a${sortName(field)}`;

function pageOf(filter: Filter, { within, terms, after }: Step, shown: string[], limit: number): mongo.Document[] {
  const computed = terms.flatMap((term) =>
    term.by === 'absent' ? [[absentName(term.field), { $eq: [`$${sortName(term.field)}`, ABSENT] }]] : [],
  );
  const order = terms.map((term) => [
    term.by === 'key' ? '_id' : term.by === 'absent' ? absentName(term.field) : sortName(term.field),
    term.desc ? -1 : 1,
  ]);
  return [
    { $match: allOf([filter, ...within, ...(after ? [beyond(terms, after)] : [])]) },
    ...(computed.length > 0 ? [{ $addFields: Object.fromEntries(computed) as mongo.Document }] : []),
    { $sort: Object.fromEntries(order) as mongo.Document },
    { $limit: limit },
    { $project: { ...SHOWN, ...Object.fromEntries(shown.map((field) => [sortName(field), 1])) } },
  ];
}

const SHOWN = { v: 1, r: 1, d: 1 } as const;

const storedOf = ({ _id, v, r, d }: Pick<StoredDoc, '_id' | 'v' | 'r' | 'd'>): Stored => ({
  tenant: tenantOf(_id),
  id: idOf(_id),
  version: v,
  revision: r,
  doc: JSON.parse(d) as Record<string, unknown>,
});

/** A sum of whole numbers as MongoDB gives it: 0 where there were none. */
const wholeOfSum = (sum: unknown): bigint => BigInt(sum instanceof mongoose.mongo.Decimal128 ? sum.toString() : (sum as number));

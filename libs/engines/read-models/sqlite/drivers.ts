import { Recent } from '#model';
import type { Scalar, Where } from '../port.ts';
import { afterPrefix } from '../query/keys.ts';
import type { Connection, Param, Sql } from './connection.ts';
import { keyOfScalar } from './entry.ts';
import { ABSENT_SQL, placeOf, type Layout } from './layout.ts';
import { marks, padded, range } from './predicate.ts';

/** A set of rows that one index gives and every answer is among. `probe` lists it for counting, perhaps with repetitions. */
export type Driver = { rows: Sql; probe: Sql; word: boolean };

/** The sets that the outer `and` of a filter and each searched word confine the answer to. */
export function driversOf(layout: Layout, tenant: number, where: Where, words: string[]): Driver[] {
  const found: Driver[] = [];
  for (const leaf of 'and' in where ? where.and : [where]) {
    const driver = 'field' in leaf ? fieldDriver(layout, tenant, leaf) : undefined;
    if (driver) found.push(driver);
  }
  for (const word of words) found.push(wordDriver(layout, tenant, word));
  return found;
}

/** The filter's fields that are pinned to one value; null: absent. */
export function pinnedBy(layout: Layout, where: Where): Map<number, Scalar> {
  const pins = new Map<number, Scalar>();
  for (const leaf of 'and' in where ? where.and : [where]) {
    if (!('field' in leaf)) continue;
    const place = placeOf(layout, leaf.field);
    if (leaf.op === 'eq' && !pins.has(place)) pins.set(place, leaf.value);
    if (leaf.op === 'in' && leaf.value.length === 1 && !pins.has(place)) pins.set(place, leaf.value[0]!);
  }
  return pins;
}

function fieldDriver(layout: Layout, tenant: number, leaf: Extract<Where, { field: string }>): Driver | undefined {
  const place = placeOf(layout, leaf.field);
  const index = layout.leading[place];
  if (index === undefined) return undefined;
  const off = (condition: Sql): Sql => ({
    text: `SELECT c.row AS row FROM c${layout.n} AS c INDEXED BY ${index} WHERE c.t = ? AND ${condition.text} AND c.s${place} < ${ABSENT_SQL}`,
    params: [tenant, ...condition.params],
  });
  const among = (column: string, keys: Param[]): Sql =>
    keys.length === 1 ? { text: `${column} = ?`, params: keys } : { text: `${column} IN (${marks(keys.length)})`, params: padded(keys) };
  switch (leaf.op) {
    case 'ne':
      return undefined;
    case 'eq':
      return leaf.value === null ? undefined : plain(off(among(`c.s${place}`, [keyOfScalar(leaf.value)])));
    case 'in':
      return leaf.value.length === 0 || leaf.value.includes(null)
        ? undefined
        : plain(off(among(`c.s${place}`, leaf.value.map(keyOfScalar))));
    case 'has':
    case 'hasAny': {
      const keys = (Array.isArray(leaf.value) ? leaf.value : [leaf.value]).map(keyOfScalar);
      if (keys.length === 0) return undefined;
      const listed = among('s', keys);
      const elements: Sql = {
        text: `SELECT row FROM a${layout.n} WHERE t = ? AND f = ? AND ${listed.text}`,
        params: [tenant, place, ...listed.params],
      };
      const single = off(among(`c.s${place}`, keys));
      return {
        rows: { text: `${elements.text} UNION ${single.text}`, params: [...elements.params, ...single.params] },
        probe: { text: `${elements.text} UNION ALL ${single.text}`, params: [...elements.params, ...single.params] },
        word: false,
      };
    }
    default:
      return plain(off(range(`c.s${place}`, leaf.op, leaf.value)));
  }
}

const plain = (rows: Sql): Driver => ({ rows, probe: rows, word: false });

function wordDriver(layout: Layout, tenant: number, word: string): Driver {
  const to = afterPrefix(word);
  const text = `row FROM w${layout.n} WHERE t = ? AND word >= ?${to === undefined ? '' : ' AND word < ?'}`;
  const params = to === undefined ? [tenant, word] : [tenant, word, to];
  return { rows: { text: `SELECT DISTINCT ${text}`, params }, probe: { text: `SELECT ${text}`, params }, word: true };
}

/** How many rows a set has, counted up to a bound and remembered for a while: a guess that only decides the way, never the answer. */
export type Sizes = { of(driver: Sql, most: number): number };

const REMEMBERED = 2_000;
const USES = 100;

export function sizes(connection: Connection): Sizes {
  const known = new Recent<{ size: number; most: number; uses: number }>(REMEMBERED);
  return {
    of(driver, most) {
      const key = `${driver.text}|${driver.params.map((param) => (typeof param === 'object' && param !== null ? `x${String(param)}` : typeof param + String(param))).join('|')}`;
      const former = known.get(key);
      if (former && ++former.uses < USES && (former.size < former.most || former.most >= most)) return former.size;
      const [size] = connection.first({ text: `SELECT count(*) FROM (${driver.text} LIMIT ?)`, params: [...driver.params, most] })!;
      known.set(key, { size: size as number, most, uses: 0 });
      return size as number;
    },
  };
}

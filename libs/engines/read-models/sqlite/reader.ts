import type { Group, Key, Page, Query, Stored } from '../port.ts';
import { checkField, checkLimit, checkSort } from '../query/check.ts';
import { decodeCursor, encodeCursor } from '../query/cursor.ts';
import { translated, type Connection, type Sql } from './connection.ts';
import { sizes } from './drivers.ts';
import { groupsOf, type Tally } from '../query/groups.ts';
import { addGroups, groupColumns } from './groups.ts';
import { docOf } from './entry.ts';
import { keyIndex, type Layout } from './layout.ts';
import { allOf, beyond, fromSql, orderBy, termsOf, toSql, type After, type SortKey, type Step } from './order.ts';
import { planOf, type Plan } from './plan.ts';

/** Rows an index is read by before others get their turn. */
const PER_TURN = 4_000;
const KEYS_PER_LOAD = 64;

export type Reader = {
  load(layout: Layout, keys: Key[]): (Stored | undefined)[];
  query(layout: Layout, query: Query): Promise<Page>;
  count(layout: Layout, query: Pick<Query, 'tenant' | 'where' | 'search'>, upTo: number): Promise<{ count: number; more: boolean }>;
  group(layout: Layout, query: Pick<Query, 'tenant' | 'where' | 'search'> & { by: string[]; sum?: string[] }): Promise<Group[]>;
  scan(layout: Layout, options: { tenant?: string; after?: Key; limit: number }): Stored[];
  collections(): string[];
};

const NOTHING: Sql = { text: '', params: [] };
const atMost = (most: number): Sql => ({ text: ' LIMIT ?', params: [most] });
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

export function reader(connection: Connection): Reader {
  const tenants = new Map<string, number>();
  const guess = sizes(connection);

  function tenantOf(name: string): number | undefined {
    let n = tenants.get(name);
    if (n === undefined) {
      n = connection.first({ text: 'SELECT n FROM tenants WHERE name = ?', params: [name] })?.[0] as number | undefined;
      if (n !== undefined) tenants.set(name, n);
    }
    return n;
  }

  /** One moment of the file for several statements. */
  function atOnce<T>(work: () => T): T {
    return translated(() => {
      if (connection.db.isTransaction) return work();
      connection.prepare('BEGIN').run();
      try {
        return work();
      } finally {
        if (connection.db.isTransaction) connection.prepare('COMMIT').run();
      }
    });
  }

  /**
   * Hands the rows a plan looks at to `turn`: a small set at once, or an index some thousand at a time. It tests them, and says when enough has been found.
   * An index is read without its rows, so that those are fetched once, where they are tested.
   */
  async function sweep(layout: Layout, plan: Plan, turn: (rows: Sql, besides: Sql) => boolean): Promise<void> {
    if (plan.driver) return void translated(() => turn(plan.driver!, NOTHING));
    for (const step of plan.steps) {
      let from: After | undefined = step.after;
      do {
        const within = from ? allOf([step.within, beyond(step.terms, from)]) : step.within;
        const inner = (columns: string): Sql => ({
          text: `SELECT ${columns} FROM c${layout.n} AS c INDEXED BY ${step.index} WHERE ${within.text} ORDER BY ${orderBy(step.terms)} LIMIT ${PER_TURN}`,
          params: within.params,
        });
        const { enough, last } = atOnce(() =>
          turn(inner('c.row AS row'), step.besides) ? { enough: true } : { enough: false, last: lastOf(step, inner) },
        );
        if (enough) return;
        from = last;
        if (from) await breath();
      } while (from);
    }
  }

  /** `columns` of the rows among these that pass the plan's tests. */
  const among = (layout: Layout, plan: Plan, columns: string, rows: Sql, besides: Sql, end: Sql = NOTHING): Sql => {
    const where = allOf([plan.where, besides]);
    return {
      text: `SELECT ${columns} FROM (${rows.text}) AS q CROSS JOIN c${layout.n} AS c ON c.row = q.row WHERE ${where.text}${end.text}`,
      params: [...rows.params, ...where.params, ...end.params],
    };
  };

  /** Where a turn's rows ended; undefined when they were the step's last. */
  function lastOf(step: Step, inner: (columns: string) => Sql): After | undefined {
    const places = [...new Set(step.terms.flatMap(({ place }) => (place === undefined ? [] : [place])))];
    const rows = inner(['c.id', ...places.map((place) => `c.s${place}`)].join(', '));
    const last = connection.first({ text: `${rows.text} OFFSET ${PER_TURN - 1}`, params: rows.params });
    return last && { id: last[0] as string, keys: new Map(places.map((place, at) => [place, toSql(fromSql(last[at + 1]))])) };
  }

  return {
    load(layout, keys) {
      if (keys.length === 1) {
        const [key] = keys as [Key];
        const t = translated(() => tenantOf(key.tenant));
        const row =
          t === undefined
            ? undefined
            : translated(() =>
                connection.first({
                  text: `SELECT c.id, c.version, c.revision, c.doc, c.i FROM c${layout.n} AS c WHERE c.t = ? AND c.id = ?`,
                  params: [t, key.id],
                }),
              );
        return [row && storedOf(key.tenant, row)];
      }
      return translated(() => {
        const found = new Map<string, Stored>();
        const byTenant = new Map<string, Set<string>>();
        for (const { tenant, id } of keys) byTenant.set(tenant, (byTenant.get(tenant) ?? new Set()).add(id));
        for (const [tenant, ids] of byTenant) {
          const t = tenantOf(tenant);
          if (t === undefined) continue;
          const wanted = [...ids];
          for (let from = 0; from < wanted.length; from += KEYS_PER_LOAD) {
            const slice = wanted.slice(from, from + KEYS_PER_LOAD);
            const length = 2 ** Math.ceil(Math.log2(slice.length));
            const params = [t, ...slice, ...Array.from({ length: length - slice.length }, () => slice[0]!)];
            for (const row of connection.all({
              text: `SELECT c.id, c.version, c.revision, c.doc, c.i FROM c${layout.n} AS c WHERE c.t = ? AND c.id IN (${Array.from({ length }, () => '?').join(', ')})`,
              params,
            }))
              found.set(`${tenant}\0${row[0] as string}`, storedOf(tenant, row));
          }
        }
        return keys.map(({ tenant, id }) => found.get(`${tenant}\0${id}`));
      });
    },

    async query(layout, query) {
      checkLimit(query.limit);
      const asked = query.sort ?? [];
      const sort = sortKeys(layout, asked);
      const place = query.after === undefined ? undefined : decodeCursor(asked, query.after);
      const after = place && { id: place.id, keys: new Map(sort.map((key, at) => [key.place, toSql(place.keys[at]!)])) };
      const t = translated(() => tenantOf(query.tenant));
      const plan =
        t === undefined
          ? (planOf(layout, 0, query, sort, after, query.limit, undefined), undefined)
          : translated(() => planOf(layout, t, query, sort, after, query.limit, guess));
      if (!plan || plan.nothing) return { items: [] };
      const wanted = query.limit + 1;
      const keys = sort.map((key) => `c.s${key.place}`);
      const columns = ['c.id', 'c.version', 'c.revision', 'c.doc', 'c.i', ...keys].join(', ');
      const rows: unknown[][] = [];
      if (plan.driver) {
        const terms = termsOf(sort, false, sort.at(-1)?.desc ?? false);
        const first: Sql = { text: ` ORDER BY ${orderBy(terms)} LIMIT ${wanted}`, params: [] };
        const ordered = among(layout, plan, 'c.row AS row', plan.driver, after ? beyond(terms, after) : NOTHING, first);
        const text = `SELECT ${columns} FROM (${ordered.text}) AS o CROSS JOIN c${layout.n} AS c ON c.row = o.row`;
        rows.push(...translated(() => connection.all({ text, params: ordered.params })));
      } else
        await sweep(layout, plan, (inner, besides) => {
          rows.push(...connection.all(among(layout, plan, columns, inner, besides, atMost(wanted - rows.length))));
          return rows.length >= wanted;
        });
      const items = rows.slice(0, query.limit).map((row) => storedOf(query.tenant, row));
      if (rows.length < wanted) return { items };
      const last = rows[query.limit - 1]!;
      return { items, next: encodeCursor(asked, { id: last[0] as string, keys: sort.map((_, at) => fromSql(last[5 + at])) }) };
    },

    async count(layout, query, upTo) {
      const t = translated(() => tenantOf(query.tenant));
      const most = Math.max(0, Math.floor(upTo)) + 1;
      const plan = translated(() => planOf(layout, t ?? 0, query, [], undefined, most, t === undefined ? undefined : guess));
      let count = 0;
      if (t === undefined || plan.nothing) return { count, more: false };
      await sweep(layout, plan, (rows, besides) => {
        const some = among(layout, plan, '1', rows, besides, atMost(most - count));
        count += connection.first({ text: `SELECT count(*) FROM (${some.text})`, params: some.params })![0] as number;
        return count >= most;
      });
      return count >= most ? { count: most - 1, more: true } : { count, more: false };
    },

    async group(layout, query) {
      for (const field of query.by) checkField(layout.fieldSet, field, 'grouped by');
      for (const field of query.sum ?? []) checkField(new Set(layout.sums), field, 'summed');
      const t = translated(() => tenantOf(query.tenant));
      const plan = translated(() => planOf(layout, t ?? 0, query, [], undefined, Infinity, t === undefined ? undefined : guess));
      if (t === undefined || plan.nothing) return [];
      const shape = groupColumns(layout, query.by, query.sum ?? []);
      const tallies = new Map<string, Tally>();
      await sweep(layout, plan, (rows, besides) => {
        addGroups(tallies, query, connection.all(among(layout, plan, shape.columns, rows, besides, { text: shape.groupBy, params: [] })));
        return false;
      });
      return groupsOf(tallies);
    },

    scan(layout, { tenant, after, limit }) {
      return translated(() => {
        const names =
          tenant !== undefined
            ? [tenant]
            : connection
                .all({ text: 'SELECT name FROM tenants WHERE name >= ? ORDER BY name', params: [after?.tenant ?? ''] })
                .map(([name]) => name as string);
        const found: Stored[] = [];
        for (const name of names) {
          if (found.length >= limit) break;
          const t = tenantOf(name);
          if (t === undefined) continue;
          const behind = after?.tenant === name;
          const rows = connection.all({
            text: `SELECT c.id, c.version, c.revision, c.doc, c.i FROM c${layout.n} AS c INDEXED BY ${keyIndex(layout)} WHERE c.t = ?${behind ? ' AND c.id > ?' : ''} ORDER BY c.id LIMIT ?`,
            params: [t, ...(behind ? [after.id] : []), limit - found.length],
          });
          for (const row of rows) found.push(storedOf(name, row));
        }
        return found;
      });
    },

    collections: () =>
      translated(() => connection.all({ text: 'SELECT name FROM collections ORDER BY name', params: [] }).map(([name]) => name as string)),
  };
}

const sortKeys = (layout: Layout, sort: { field: string; desc?: boolean }[]): SortKey[] =>
  checkSort(layout.fieldSet, sort).map(({ field, desc }) => ({ place: layout.place.get(field)!, desc: desc ?? false }));

function storedOf(tenant: string, row: unknown[]): Stored {
  const [id, version, revision, json, inner] = row as [string, number, number, string, string | null];
  let doc: Stored['doc'] | undefined;
  return {
    tenant,
    id,
    version,
    revision,
    json,
    // Read when somebody asks: what is shown as it is kept is never read.
    get doc() {
      return (doc ??= docOf(json, inner));
    },
  };
}

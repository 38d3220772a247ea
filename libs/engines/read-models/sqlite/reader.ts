import type { Group, Key, Page, Query, Stored } from '../port.ts';
import { checkField, checkLimit, checkSort } from '../query/check.ts';
import { decodeCursor, encodeCursor } from '../query/cursor.ts';
import { translated, type Connection, type Sql } from './connection.ts';
import { sizes } from './drivers.ts';
import { groupsOf, type Tally } from '../query/groups.ts';
import { addGroups, groupColumns } from './groups.ts';
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

  /** Runs `turn` over the steps of an index, some thousand rows at a time. It says when enough has been found. */
  async function sweep(layout: Layout, steps: Step[], turn: (rows: (columns: string) => Sql, step: Step) => boolean): Promise<void> {
    for (const step of steps) {
      let from: After | undefined = step.after;
      do {
        const within = from ? allOf([step.within, beyond(step.terms, from)]) : step.within;
        const inner = (columns: string): Sql => ({
          text: `SELECT ${columns} FROM c${layout.n} AS c INDEXED BY ${step.index} WHERE ${within.text} ORDER BY ${orderBy(step.terms)} LIMIT ${PER_TURN}`,
          params: within.params,
        });
        const { enough, last } = atOnce(() => (turn(inner, step) ? { enough: true } : { enough: false, last: lastOf(step, inner) }));
        if (enough) return;
        from = last;
        if (from) await breath();
      } while (from);
    }
  }

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
                  text: `SELECT c.id, c.version, c.revision, c.doc FROM c${layout.n} AS c WHERE c.t = ? AND c.id = ?`,
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
              text: `SELECT c.id, c.version, c.revision, c.doc FROM c${layout.n} AS c WHERE c.t = ? AND c.id IN (${Array.from({ length }, () => '?').join(', ')})`,
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
      const columns = ['c.id', 'c.version', 'c.revision', 'c.doc', ...keys].join(', ');
      const rows: unknown[][] = [];
      if (plan.driver) {
        const terms = termsOf(sort, false, sort.at(-1)?.desc ?? false);
        const where = after ? allOf([plan.where, beyond(terms, after)]) : plan.where;
        const ordered = `SELECT c.row AS row FROM (${plan.driver.text}) AS q CROSS JOIN c${layout.n} AS c ON c.row = q.row WHERE ${where.text} ORDER BY ${orderBy(terms)} LIMIT ${wanted}`;
        rows.push(
          ...translated(() =>
            connection.all({
              text: `SELECT ${columns} FROM (${ordered}) AS o CROSS JOIN c${layout.n} AS c ON c.row = o.row`,
              params: [...plan.driver!.params, ...where.params],
            }),
          ),
        );
      } else
        await sweep(layout, plan.steps, (inner, step) => {
          const where = allOf([plan.where, step.besides]);
          const from = inner(innerColumns(plan, ['version', 'revision', 'doc', ...sort.map((key) => `s${key.place}`)]));
          rows.push(
            ...connection.all({
              text: `SELECT ${columns} FROM (${from.text}) AS c WHERE ${where.text} LIMIT ?`,
              params: [...from.params, ...where.params, wanted - rows.length],
            }),
          );
          return rows.length >= wanted;
        });
      const items = rows.slice(0, query.limit).map((row) => storedOf(query.tenant, row));
      if (rows.length < wanted) return { items };
      const last = rows[query.limit - 1]!;
      return { items, next: encodeCursor(asked, { id: last[0] as string, keys: sort.map((_, at) => fromSql(last[4 + at])) }) };
    },

    async count(layout, query, upTo) {
      const t = translated(() => tenantOf(query.tenant));
      const most = Math.max(0, Math.floor(upTo)) + 1;
      const plan = translated(() => planOf(layout, t ?? 0, query, [], undefined, most, t === undefined ? undefined : guess));
      let count = 0;
      if (t === undefined || plan.nothing) return { count, more: false };
      if (plan.driver) count = translated(() => connection.first(gathered(layout, plan, '1', ` LIMIT ${most}`)))![0] as number;
      else
        await sweep(layout, plan.steps, (inner, step) => {
          const where = allOf([plan.where, step.besides]);
          const from = inner(innerColumns(plan, []));
          const [some] = connection.first({
            text: `SELECT count(*) FROM (SELECT 1 FROM (${from.text}) AS c WHERE ${where.text} LIMIT ?)`,
            params: [...from.params, ...where.params, most - count],
          })!;
          count += some as number;
          return count >= most;
        });
      return count >= most ? { count: most - 1, more: true } : { count, more: false };

      function gathered(of: Layout, from: Plan, what: string, end: string): Sql {
        return {
          text: `SELECT count(*) FROM (SELECT ${what} FROM (${from.driver!.text}) AS q CROSS JOIN c${of.n} AS c ON c.row = q.row WHERE ${from.where.text}${end})`,
          params: [...from.driver!.params, ...from.where.params],
        };
      }
    },

    async group(layout, query) {
      for (const field of query.by) checkField(layout.fieldSet, field, 'grouped by');
      for (const field of query.sum ?? []) checkField(new Set(layout.sums), field, 'summed');
      const t = translated(() => tenantOf(query.tenant));
      const plan = translated(() => planOf(layout, t ?? 0, query, [], undefined, Infinity, t === undefined ? undefined : guess));
      if (t === undefined || plan.nothing) return [];
      const shape = groupColumns(layout, query.by, query.sum ?? []);
      const tallies = new Map<string, Tally>();
      if (plan.driver)
        addGroups(
          tallies,
          query,
          translated(() =>
            connection.all({
              text: `SELECT ${shape.outer} FROM (${plan.driver!.text}) AS q CROSS JOIN c${layout.n} AS c ON c.row = q.row WHERE ${plan.where.text}${shape.groupBy}`,
              params: [...plan.driver!.params, ...plan.where.params],
            }),
          ),
        );
      else
        await sweep(layout, plan.steps, (inner, step) => {
          const where = allOf([plan.where, step.besides]);
          const from = inner(innerColumns(plan, shape.inner));
          addGroups(
            tallies,
            query,
            connection.all({
              text: `SELECT ${shape.outer} FROM (${from.text}) AS c WHERE ${where.text}${shape.groupBy}`,
              params: [...from.params, ...where.params],
            }),
          );
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
            text: `SELECT c.id, c.version, c.revision, c.doc FROM c${layout.n} AS c INDEXED BY ${keyIndex(layout)} WHERE c.t = ?${behind ? ' AND c.id > ?' : ''} ORDER BY c.id LIMIT ?`,
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

function innerColumns(plan: Plan, further: string[]): string {
  return [...new Set(['row', 'id', ...plan.columns, ...further])].map((column) => `c.${column} AS ${column}`).join(', ');
}

const sortKeys = (layout: Layout, sort: { field: string; desc?: boolean }[]): SortKey[] =>
  checkSort(layout.fieldSet, sort).map(({ field, desc }) => ({ place: layout.place.get(field)!, desc: desc ?? false }));

function storedOf(tenant: string, row: unknown[]): Stored {
  return {
    tenant,
    id: row[0] as string,
    version: row[1] as number,
    revision: row[2] as number,
    doc: JSON.parse(row[3] as string) as Record<string, unknown>,
  };
}

import { bigintArray, intArray, textArray, type Statement } from '#engines/postgres';

/** A place in a stream. */
export type Wanted = { tenant: string; stream: string; revision: number };

/** A page of the log ends where it has become this large, so that it can be read in time and held. */
const PAGE_BYTES = 16 * 1024 * 1024;

/**
 * What is asked of a log. Every statement names the tenants it concerns: the server plans it for them and touches no other partition. Named, so that
 * each is parsed once per connection.
 */
export function logStatements(schema: string) {
  const named =
    (name: string, text: string) =>
    (...values: unknown[]): Statement => ({ name: `${schema}.${name}`, text, values });

  const end = `SELECT coalesce(max(c.position), 0) FROM ${schema}.commits c`;
  const tenantsIn = (commits: string) => `ARRAY(SELECT DISTINCT unnest(c.tenants) FROM (${commits}) c)`;
  const outline = named(
    'outline',
    `SELECT (${end}), ${tenantsIn(
      `SELECT c.tenants FROM ${schema}.commits c WHERE c.position > $1::bigint AND c.position <= $2::bigint
       UNION ALL (SELECT c.tenants FROM ${schema}.commits c WHERE c.position > $2::bigint ORDER BY c.position LIMIT 1)`,
    )}`,
  );
  const outlineAt = named(
    'outline_at',
    `SELECT (${end}), ${tenantsIn(
      `SELECT c.tenants FROM unnest($1::bigint[]) w(position)
       CROSS JOIN LATERAL (SELECT c.tenants FROM ${schema}.commits c WHERE c.position >= w.position ORDER BY c.position LIMIT 1) c`,
    )}`,
  );

  const ofTenants = `FROM ${schema}.events e WHERE e.tenant = ANY ($1::text[])`;
  const between = `${ofTenants} AND e.position > $2::bigint AND e.position <= $3::bigint`;
  const page = named(
    'page',
    `SELECT p.position, p.body FROM (
       SELECT e.position, e.body, sum(octet_length(e.body)) OVER (ORDER BY e.position ROWS UNBOUNDED PRECEDING) - octet_length(e.body) AS before ${between}
     ) p WHERE p.before < ${PAGE_BYTES} ORDER BY p.position`,
  );
  const positions = named('positions', `SELECT e.position ${between} ORDER BY e.position`);
  const filtered = named(
    'filtered',
    `SELECT e.position, e.body ${between} AND ($4::text[] IS NULL OR e.type = ANY ($4)) ORDER BY e.position LIMIT $5`,
  );
  const windowOf = named(
    'window',
    `SELECT coalesce(max(w.position), 0) FROM (
       SELECT e.position FROM ${schema}.events e WHERE e.tenant = $1 AND e.position > $2::bigint ORDER BY e.position LIMIT $3
     ) w`,
  );
  const at = named('at', `SELECT e.position, e.body ${ofTenants} AND e.position = ANY ($2::bigint[])`);

  /** `wanted` goes in as columns. OFFSET 0 keeps the planner from any other way than looking each of them up. */
  const each = (columns: string, revision: string) => `
    SELECT ${columns} FROM unnest($2::text[], $3::text[], $4::int[]) WITH ORDINALITY w(tenant, stream, revision, n)
    CROSS JOIN LATERAL (
      SELECT e.revision, e.position, e.body ${ofTenants} AND e.tenant = w.tenant AND e.stream = w.stream AND ${revision} OFFSET 0
    ) e ORDER BY w.n, e.revision`;
  const streams = named('streams', each('w.n, e.position, e.body', 'e.revision >= w.revision'));
  const events = named('events', each('w.n, e.position, e.body', 'e.revision = w.revision'));
  const columnsOf = (wanted: Wanted[]) => [
    textArray([...new Set(wanted.map(({ tenant }) => tenant))]),
    textArray(wanted.map(({ tenant }) => tenant)),
    textArray(wanted.map(({ stream }) => stream)),
    intArray(wanted.map(({ revision }) => revision)),
  ];

  const tenant = named(
    'tenant',
    `SELECT e.stream, e.revision, e.position, e.body FROM ${schema}.events e
     WHERE e.tenant = $1 AND (e.stream, e.revision) > ($2, $3::int) ORDER BY e.stream, e.revision LIMIT $4`,
  );

  const addTenant = named('add_tenant', `SELECT ${schema}.add_tenant($1)`);
  const giveUp = named('give_up', `SELECT ${schema}.give_up($1)`);
  const append = named('append', `SELECT * FROM ${schema}.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`);

  return {
    /** → the position of the last event */
    end: named('end', end),
    /** → the end, and the tenants who may have events after one position up to another */
    outline: (after: number, upTo: number) => outline(after, upTo),
    /** → the end, and the tenants who may have events at these positions */
    outlineAt: (at: number[]) => outlineAt(bigintArray(at)),
    /** → position and body of the events after one position up to another, or of as many as make a page */
    page: (tenants: string[], after: number, upTo: number) => page(textArray(tenants), after, upTo),
    positions: (tenants: string[], after: number, upTo: number) => positions(textArray(tenants), after, upTo),
    filtered: (tenants: string[], types: string[] | undefined, after: number, upTo: number, limit: number) =>
      filtered(textArray(tenants), after, upTo, types ? textArray(types) : null, limit),
    /** → the position of the last of so many events of a tenant after a position, 0 when there are none */
    windowOf: (name: string, after: number, size: number) => windowOf(name, after, size),
    at: (tenants: string[], positions: number[]) => at(textArray(tenants), bigintArray(positions)),
    /** → number of the wanted (from 1), position and body of the events of its stream from its revision on */
    streams: (wanted: Wanted[]) => streams(...columnsOf(wanted)),
    /** → number of the wanted (from 1), position and body of the events at these very revisions */
    events: (wanted: Wanted[]) => events(...columnsOf(wanted)),
    /** → every tenant with a partition */
    tenants: named('tenants', `SELECT t.tenant FROM ${schema}.tenants t ORDER BY t.tenant`),
    /** → stream, revision, position and body of a tenant's events after a place, in the order of the index */
    tenant: (name: string, stream: string, revision: number, limit: number) => tenant(name, stream, revision, limit),
    addTenant: (name: string) => addTenant(name),
    giveUp: (call: string) => giveUp(call),
    append: (values: unknown[]) => append(...values),
  };
}

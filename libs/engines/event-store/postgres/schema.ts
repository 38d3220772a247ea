import { GIVEN_UP, onlyDurable, type Migration } from '#engines/postgres';

/** Every function that gives positions or settles which were given holds this lock until its transaction has become visible. */
const lockOf = (schema: string) => `PERFORM pg_advisory_xact_lock(hashtextextended('rapport log ${schema}', 0));`;

/**
 * `events.body` is the whole event but for its position; the columns beside it are what is searched and checked by. Text is compared byte by byte,
 * whatever the collation of the database, and however the system's library changes it.
 * `commits` has a row per append call: up to which position, and which tenants it may concern, so that reading by position touches no other partition.
 */
const tables = (schema: string) => `
  CREATE TABLE ${schema}.commits (
    position bigint PRIMARY KEY,
    tenants text[] NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE TABLE ${schema}.tenants (
    tenant text COLLATE "C" PRIMARY KEY,
    number int GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE TABLE ${schema}.events (
    position bigint NOT NULL,
    revision int NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (stream, revision, tenant)
  ) PARTITION BY LIST (tenant);
  CREATE INDEX events_position ON ${schema}.events (position);
  CREATE TABLE ${schema}.given_up (
    call uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  );`;

/**
 * Makes a tenant's partition. It is made beside and then attached, which lets others read and write the log meanwhile; making it in its place would
 * wait for every reader and hold up everybody behind.
 */
const addTenant = (schema: string) => `
  CREATE FUNCTION ${schema}.add_tenant(new_tenant text) RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
  DECLARE
    name text;
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('rapport tenants ${schema}', 0));
    IF EXISTS (SELECT FROM ${schema}.tenants t WHERE t.tenant = new_tenant) THEN
      RETURN;
    END IF;
    INSERT INTO ${schema}.tenants AS t (tenant) VALUES (new_tenant) RETURNING 'events_' || t.number INTO name;
    EXECUTE format('CREATE TABLE ${schema}.%I (LIKE ${schema}.events INCLUDING ALL)', name);
    EXECUTE format('ALTER TABLE ${schema}.events ATTACH PARTITION ${schema}.%I FOR VALUES IN (%L)', name, new_tenant);
  END $function$;`;

/**
 * Writes appends that arrived together: lock, then check, then insert. VOLATILE: every statement sees what was committed before it began, so what
 * is checked under the lock is the last word, and commits become visible in the order of their positions.
 *
 * In:  \`who\` the tenants concerned; \`tenants\`, \`streams\` the streams named, each once;
 *      \`lasts\` per append the last of its entries; \`named\`, \`expected\`, \`counts\` per entry its stream, expected revision and number of events;
 *      \`event_…\` per event, in the order of the entries.
 * Out: per append, in order, either the position of its first event or the entry whose stream is not as expected, and that stream's revision.
 */
const append = (schema: string) => `
  CREATE FUNCTION ${schema}.append(
    this_call uuid, who text[], tenants text[], streams text[],
    lasts int[], named int[], expected int[], counts int[],
    event_append int[], event_tenant text[], event_stream text[], event_revision int[], event_type text[], event_body text[]
  ) RETURNS TABLE (first_position bigint, wrong_entry int, actual_revision int)
  LANGUAGE plpgsql VOLATILE SET plan_cache_mode = auto AS $function$
  DECLARE
    appends constant int := cardinality(lasts);
    first_free bigint;
    next bigint; -- the position to be given next
    passed int := 0; -- events of the appends so far, written or not
    size int;
    entry int := 1;
    wrong int;
    revisions int[];
    firsts bigint[] := array_fill(NULL::bigint, ARRAY[appends]);
    shifts bigint[] := array_fill(NULL::bigint, ARRAY[appends]); -- from an event's number here to its position
    wrongs int[] := array_fill(NULL::int, ARRAY[appends]);
    actuals int[] := array_fill(NULL::int, ARRAY[appends]);
  BEGIN
    ${onlyDurable}
    ${lockOf(schema)}
    IF EXISTS (SELECT FROM ${schema}.given_up g WHERE g.call = this_call) THEN
      RAISE EXCEPTION USING ERRCODE = '${GIVEN_UP}', MESSAGE = 'this call was given up';
    END IF;
    SELECT coalesce(max(c.position), 0) + 1 INTO first_free FROM ${schema}.commits c;
    next := first_free;
    revisions := ARRAY(
      SELECT coalesce((
        SELECT e.revision FROM ${schema}.events e
        WHERE e.tenant = s.tenant AND e.tenant = ANY (who) AND e.stream = s.stream
        ORDER BY e.revision DESC LIMIT 1
      ), 0) FROM unnest(tenants, streams) WITH ORDINALITY s(tenant, stream, n) ORDER BY s.n
    );
    FOR this IN 1 .. appends LOOP
      wrong := NULL;
      size := 0;
      FOR e IN entry .. lasts[this] LOOP
        IF wrong IS NULL AND revisions[named[e]] <> expected[e] THEN
          wrong := e;
          wrongs[this] := e;
          actuals[this] := revisions[named[e]];
        END IF;
        revisions[named[e]] := revisions[named[e]] + counts[e];
        size := size + counts[e];
      END LOOP;
      IF wrong IS NULL THEN
        firsts[this] := next;
        shifts[this] := next - passed - 1;
        next := next + size;
      ELSE
        FOR e IN entry .. lasts[this] LOOP
          revisions[named[e]] := revisions[named[e]] - counts[e];
        END LOOP;
      END IF;
      passed := passed + size;
      entry := lasts[this] + 1;
    END LOOP;
    IF next > first_free THEN
      INSERT INTO ${schema}.events (position, revision, tenant, stream, type, body)
        SELECT shifts[e.append] + e.n, e.revision, e.tenant, e.stream, e.type, e.body
        FROM unnest(event_append, event_revision, event_tenant, event_stream, event_type, event_body) WITH ORDINALITY
          e(append, revision, tenant, stream, type, body, n)
        WHERE shifts[e.append] IS NOT NULL;
      INSERT INTO ${schema}.commits (position, tenants) VALUES (next - 1, who);
    END IF;
    RETURN QUERY SELECT * FROM unnest(firsts, wrongs, actuals);
  END $function$;`;

/**
 * Settles a call whose answer was lost: once this has returned, the call has either been committed or never will be, wherever its bytes still are.
 */
const giveUp = (schema: string) => `
  CREATE FUNCTION ${schema}.give_up(lost_call uuid) RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
  BEGIN
    ${lockOf(schema)}
    DELETE FROM ${schema}.given_up g WHERE g.at < clock_timestamp() - interval '7 days';
    INSERT INTO ${schema}.given_up (call) VALUES (lost_call) ON CONFLICT DO NOTHING;
  END $function$;`;

export const LOG_MIGRATIONS: Migration[] = [
  {
    version: 1,
    what: 'events by tenant, appended under one lock',
    sql: (schema) => [tables, addTenant, append, giveUp].map((part) => part(schema)).join('\n'),
  },
];

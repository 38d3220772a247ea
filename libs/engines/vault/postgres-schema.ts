import { onlyDurable, type Migration } from '#engines/postgres';

/** How many parts the keys of people are kept in: to destroy one, its part is written anew, and with a million people that is 16,000 rows. */
const PARTS = 64;

/** Makes of keys may run together, but not beside a destruction: what is destroyed must not be made by somebody who did not see it go. */
const lockOf = (schema: string) => `hashtextextended('rapport vault ${schema}', 0)`;

/** No statistics of keys: the server would keep samples of them in its catalogue. */
const noSamples = 'ALTER COLUMN wrapped SET STATISTICS 0';

const tables = (schema: string) => `
  CREATE TABLE ${schema}.tenants (
    tenant text COLLATE "C" NOT NULL,
    purpose text COLLATE "C" NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (tenant, purpose)
  );
  ALTER TABLE ${schema}.tenants ${noSamples};
  CREATE TABLE ${schema}.tombstones (
    seq bigint PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    destroyed_at text NOT NULL,
    UNIQUE (tenant, person)
  );
  CREATE TABLE ${schema}.people (
    tenant text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (tenant, person)
  ) PARTITION BY HASH (person);
  CREATE TABLE ${schema}.notes (name text COLLATE "C" PRIMARY KEY, value text NOT NULL);
  CREATE SEQUENCE ${schema}.parts;
  DO $do$
  BEGIN
    FOR part IN 0 .. ${PARTS - 1} LOOP
      EXECUTE format('CREATE TABLE ${schema}.people_%s PARTITION OF ${schema}.people FOR VALUES WITH (MODULUS ${PARTS}, REMAINDER %s)',
        nextval('${schema}.parts'), part);
    END LOOP;
  END $do$;
  ALTER TABLE ${schema}.people ${noSamples};`;

/** Writes a note down, in place of one of the same name. */
const note = (schema: string) => `
  CREATE FUNCTION ${schema}.note(of_name text, of_value text) RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
  BEGIN
    ${onlyDurable}
    INSERT INTO ${schema}.notes VALUES (of_name, of_value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
  END $function$;`;

/** Gives a tenant's key for a purpose: the one there is, else the one offered. */
const tenantKey = (schema: string) => `
  CREATE FUNCTION ${schema}.tenant_key(of_tenant text, for_purpose text, offered bytea) RETURNS bytea LANGUAGE plpgsql VOLATILE AS $function$
  DECLARE
    found bytea;
  BEGIN
    ${onlyDurable}
    INSERT INTO ${schema}.tenants VALUES (of_tenant, for_purpose, offered) ON CONFLICT DO NOTHING;
    SELECT t.wrapped INTO STRICT found FROM ${schema}.tenants t WHERE t.tenant = of_tenant AND t.purpose = for_purpose;
    RETURN found;
  END $function$;`;

/** Gives the keys of people, in order: those there are, else those offered; none where a tombstone stands. */
const make = (schema: string) => `
  CREATE FUNCTION ${schema}.make(of_tenants text[], of_people text[], offered bytea[]) RETURNS TABLE (key bytea)
  LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_custom_plan AS $function$
  BEGIN
    ${onlyDurable}
    PERFORM pg_advisory_xact_lock_shared(${lockOf(schema)});
    INSERT INTO ${schema}.people (tenant, person, wrapped)
      SELECT DISTINCT ON (m.tenant, m.person) m.tenant, m.person, m.wrapped
      FROM unnest(of_tenants, of_people, offered) m(tenant, person, wrapped)
      WHERE NOT EXISTS (SELECT FROM ${schema}.tombstones t WHERE t.tenant = m.tenant AND t.person = m.person)
      ORDER BY m.tenant, m.person -- everybody in the same order, so that nobody waits for each other
      ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT p.wrapped
      FROM unnest(of_tenants, of_people) WITH ORDINALITY m(tenant, person, n)
      LEFT JOIN ${schema}.people p ON p.tenant = m.tenant AND p.person = m.person AND p.person = ANY (of_people)
      ORDER BY m.n;
  END $function$;`;

/**
 * Destroys keys, and gives the times at which they were destroyed first. A deleted row would stay in its page, and in every back-up of the page, until
 * something is written over it. So the part is written anew without it and the old one dropped, under another name: whoever makes a copy of the vault
 * at that moment is refused instead of finding an empty table.
 */
const destroy = (schema: string) => `
  CREATE FUNCTION ${schema}.destroy(of_tenant text, of_people text[], at text) RETURNS TABLE (destroyed_at text)
  LANGUAGE plpgsql VOLATILE SET lock_timeout = '2s' AS $function$
  DECLARE
    formers regclass[];
    former regclass;
    bound text;
    name text;
  BEGIN
    ${onlyDurable}
    PERFORM pg_advisory_xact_lock(${lockOf(schema)});
    INSERT INTO ${schema}.tombstones (seq, tenant, person, destroyed_at)
      SELECT (SELECT coalesce(max(t.seq), 0) FROM ${schema}.tombstones t) + row_number() OVER (ORDER BY min(m.n)), of_tenant, m.person, at
      FROM unnest(of_people) WITH ORDINALITY m(person, n)
      WHERE NOT EXISTS (SELECT FROM ${schema}.tombstones t WHERE t.tenant = of_tenant AND t.person = m.person)
      GROUP BY m.person;
    formers := ARRAY(SELECT DISTINCT p.tableoid FROM ${schema}.people p WHERE p.tenant = of_tenant AND p.person = ANY (of_people));
    FOREACH former IN ARRAY formers LOOP
      SELECT pg_get_expr(c.relpartbound, c.oid) INTO bound FROM pg_class c WHERE c.oid = former;
      name := 'people_' || nextval('${schema}.parts');
      EXECUTE format('CREATE TABLE ${schema}.%I (LIKE ${schema}.people INCLUDING ALL)', name);
      EXECUTE format('ALTER TABLE ${schema}.%I ${noSamples}', name);
      EXECUTE format('INSERT INTO ${schema}.%I SELECT * FROM %s WHERE NOT (tenant = $1 AND person = ANY ($2))', name, former)
        USING of_tenant, of_people;
      EXECUTE format('ALTER TABLE ${schema}.people DETACH PARTITION %s', former);
      EXECUTE format('ALTER TABLE ${schema}.people ATTACH PARTITION ${schema}.%I %s', name, bound);
      EXECUTE format('DROP TABLE %s', former);
    END LOOP;
    RETURN QUERY SELECT t.destroyed_at
      FROM unnest(of_people) WITH ORDINALITY m(person, n)
      JOIN ${schema}.tombstones t ON t.tenant = of_tenant AND t.person = m.person
      ORDER BY m.n;
  END $function$;`;

export const VAULT_MIGRATIONS: Migration[] = [
  {
    version: 1,
    what: 'keys of tenants and people, tombstones, notes',
    sql: (schema) => [tables, note, tenantKey, make, destroy].map((part) => part(schema)).join('\n'),
  },
];

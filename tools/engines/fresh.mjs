// Engines under test are shared by suites that run beside each other: each takes a database of its own.
import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * Makes a database of its own on a PostgreSQL.
 *
 * @param {string} address of the server, as someone who may make databases
 * @returns {Promise<{ url: string, drop(): Promise<void> }>}
 */
export async function freshDatabase(address) {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const url = new URL(address);
  url.pathname = `/${name}`;
  await sql(address, `CREATE DATABASE ${name}`);
  return { url: url.href, drop: () => sql(address, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** @param {string} address @param {string} text */
async function sql(address, text) {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

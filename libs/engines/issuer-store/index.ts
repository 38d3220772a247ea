import { DatabaseSync } from 'node:sqlite';

/**
 * What an OpenID Connect issuer must remember between two requests: sessions, codes, grants, refresh tokens. None of it is history; an entry
 * is gone when it expires.
 */
export interface IssuerStore {
  put(
    model: string,
    id: string,
    payload: Record<string, unknown>,
    expiresAt: number | undefined,
    links: { grantId?: string; uid?: string; userCode?: string },
  ): void;
  get(model: string, id: string): Record<string, unknown> | undefined;
  findBy(model: string, link: 'uid' | 'userCode', value: string): Record<string, unknown> | undefined;
  consume(model: string, id: string, at: number): void;
  remove(model: string, id: string): void;
  removeGrant(grantId: string): void;
  /** Ends every session and token of one account. */
  removeAccount(accountId: string): void;
  close(): void;
}

/** Kept in a file of its own; times are seconds since 1970. */
export function openIssuerStore(file: string, now: () => number): IssuerStore {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=2000;
    CREATE TABLE IF NOT EXISTS entries (model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, expires INTEGER, grant_id TEXT, uid TEXT, user_code TEXT, account TEXT, PRIMARY KEY (model, id)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS entries_grant ON entries (grant_id) WHERE grant_id IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entries_uid ON entries (model, uid) WHERE uid IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entries_account ON entries (account) WHERE account IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entries_expires ON entries (expires) WHERE expires IS NOT NULL;`);
  const put = db.prepare(
    'INSERT OR REPLACE INTO entries (model, id, payload, expires, grant_id, uid, user_code, account) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const get = db.prepare('SELECT payload FROM entries WHERE model = ? AND id = ? AND (expires IS NULL OR expires > ?)');
  const byUid = db.prepare('SELECT payload FROM entries WHERE model = ? AND uid = ? AND (expires IS NULL OR expires > ?)');
  const byUserCode = db.prepare('SELECT payload FROM entries WHERE model = ? AND user_code = ? AND (expires IS NULL OR expires > ?)');
  const sweep = db.prepare('DELETE FROM entries WHERE expires IS NOT NULL AND expires <= ?');
  const parse = (row: unknown) => (row ? (JSON.parse((row as { payload: string }).payload) as Record<string, unknown>) : undefined);
  const store: IssuerStore = {
    put(model, id, payload, expiresAt, links) {
      sweep.run(now());
      const account = typeof payload.accountId === 'string' ? payload.accountId : null;
      put.run(
        model,
        id,
        JSON.stringify(payload),
        expiresAt ?? null,
        links.grantId ?? null,
        links.uid ?? null,
        links.userCode ?? null,
        account,
      );
    },
    get: (model, id) => parse(get.get(model, id, now())),
    findBy: (model, link, value) => parse((link === 'uid' ? byUid : byUserCode).get(model, value, now())),
    consume(model, id, at) {
      db.prepare(`UPDATE entries SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?`).run(at, model, id);
    },
    remove: (model, id) => void db.prepare('DELETE FROM entries WHERE model = ? AND id = ?').run(model, id),
    removeGrant: (grantId) => void db.prepare('DELETE FROM entries WHERE grant_id = ?').run(grantId),
    removeAccount: (accountId) => void db.prepare('DELETE FROM entries WHERE account = ?').run(accountId),
    close: () => db.close(),
  };
  return store;
}

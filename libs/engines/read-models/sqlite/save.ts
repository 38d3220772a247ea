import type { Write } from '../port.ts';
import type { Connection, Param } from './connection.ts';
import { docOf, entryOf, jsonOf, splitWords, type Entry } from './entry.ts';
import type { Layout } from './layout.ts';

/** Applies writes inside one transaction. Words and list elements are written at its end, in key order: random places are what costs. */
export type Saver = { apply(layout: Layout, tenant: number, write: Write): boolean; finish(): void };

type Change = { n: number; t: number; row: number; remove: boolean };
type WordChange = Change & { word: string };
type ElementChange = Change & { field: number; key: Param; raw: string };

export function saver(connection: Connection): Saver {
  const wordChanges: WordChange[] = [];
  const elementChanges: ElementChange[] = [];

  function noteWords(n: number, t: number, row: number, from: string | null, to: string | null): void {
    if (from === to) return;
    const [before, after] = [splitWords(from), splitWords(to)];
    const kept = new Set(before);
    for (const word of after) if (!kept.delete(word)) wordChanges.push({ n, t, row, word, remove: false });
    for (const word of kept) wordChanges.push({ n, t, row, word, remove: true });
  }

  function noteElements(n: number, t: number, row: number, from: Entry['elements'], to: Entry['elements']): void {
    const same = (one: Entry['elements'][number]) => `${one.field}|${typeof one.key}|${String(one.key)}|${one.raw}`;
    const before = new Map(from.map((one) => [same(one), one]));
    for (const one of to) if (!before.delete(same(one))) elementChanges.push({ n, t, row, ...one, remove: false });
    for (const one of before.values()) elementChanges.push({ n, t, row, ...one, remove: true });
  }

  function insert(layout: Layout, t: number, { id, revision, doc, words }: Write): boolean {
    const entry = entryOf(layout, doc!, words);
    const [json, inner] = jsonOf(layout, doc!);
    const done = connection.prepare(insertSql(layout)).run(t, id, revision, entry.words, entry.extra, inner, ...entry.cells, json);
    if (done.changes === 0) return false;
    const row = Number(done.lastInsertRowid);
    if (entry.words) for (const word of splitWords(entry.words)) wordChanges.push({ n: layout.n, t, row, word, remove: false });
    for (const one of entry.elements) elementChanges.push({ n: layout.n, t, row, ...one, remove: false });
    return true;
  }

  function update(layout: Layout, t: number, write: Write): boolean {
    const found = connection.first({ text: formerSql(layout), params: [t, write.id] });
    if (!found || found[0] !== write.expected) return false;
    const row = found[1] as number;
    if (write.doc === null) {
      removeRow(layout, t, row, found);
      return true;
    }
    const entry = entryOf(layout, write.doc, write.words);
    replaceRow(layout, t, row, found, entry, write.expected + 1, write.revision, jsonOf(layout, write.doc));
    return true;
  }

  function removeRow(layout: Layout, t: number, row: number, former: unknown[]): void {
    noteWords(layout.n, t, row, former[2] as string | null, null);
    noteElements(layout.n, t, row, formerElements(layout, row, former), []);
    connection.prepare(`DELETE FROM c${layout.n} WHERE row = ?`).run(row);
  }

  /** Names only the columns that changed: SQLite rewrites the index entries of every column it is told, changed or not. */
  function replaceRow(
    layout: Layout,
    t: number,
    row: number,
    former: unknown[],
    entry: Entry,
    version: number,
    revision: number,
    [json, inner]: [json: string, inner: string | null],
  ): void {
    const columns = columnsOf(layout);
    let sets = '';
    const params: Param[] = [version, revision, entry.words, entry.extra, inner];
    for (let at = 0; at < columns.length; at++) {
      if (sameCell(former[FORMER + at], entry.cells[at]!)) continue;
      sets += `, ${columns[at]} = ?`;
      params.push(entry.cells[at]!);
    }
    noteWords(layout.n, t, row, former[2] as string | null, entry.words);
    noteElements(layout.n, t, row, formerElements(layout, row, former), entry.elements);
    connection
      .prepare(`UPDATE c${layout.n} SET version = ?, revision = ?, w = ?, x = ?, i = ?${sets}, doc = ? WHERE row = ?`)
      .run(...params, json, row);
  }

  /** The list elements of the document that is there, if it has any. */
  function formerElements(layout: Layout, row: number, former: unknown[]): Entry['elements'] {
    for (let field = 0; field < layout.fields.length; field++) {
      if (!isListed(former[FORMER + 2 * field])) continue;
      const [json, inner] = connection.first({ text: `SELECT doc, i FROM c${layout.n} WHERE row = ?`, params: [row] })!;
      return entryOf(layout, docOf(json as string, inner as string | null), undefined).elements;
    }
    return [];
  }

  function flushWords(): void {
    wordChanges.sort(
      (one, other) => one.n - other.n || one.t - other.t || (one.word < other.word ? -1 : one.word > other.word ? 1 : one.row - other.row),
    );
    for (const { n, t, word, row, remove } of wordChanges)
      connection
        .prepare(remove ? `DELETE FROM w${n} WHERE t = ? AND word = ? AND row = ?` : `INSERT OR IGNORE INTO w${n} VALUES (?, ?, ?)`)
        .run(t, word, row);
    wordChanges.length = 0;
  }

  function flushElements(): void {
    for (const { n, t, field, key, row, raw, remove } of elementChanges)
      connection
        .prepare(
          remove
            ? `DELETE FROM a${n} WHERE t = ? AND f = ? AND s = ? AND row = ? AND r = ?`
            : `INSERT OR IGNORE INTO a${n} VALUES (?, ?, ?, ?, ?)`,
        )
        .run(t, field, key, row, raw);
    elementChanges.length = 0;
  }

  return {
    apply: (layout, tenant, write) =>
      write.expected !== 0
        ? update(layout, tenant, write)
        : write.doc === null
          ? !exists(connection, layout, tenant, write.id)
          : insert(layout, tenant, write),
    finish() {
      flushWords();
      flushElements();
    },
  };
}

/** Computes a row's entry anew after its layout grew: as an update that changes neither the document nor its version. */
export function reindex(connection: Connection, layout: Layout, afterRow: number, limit: number): number | undefined {
  const rows = connection.all({
    text: `SELECT row, t, x, doc, i FROM c${layout.n} WHERE row > ? ORDER BY row LIMIT ?`,
    params: [afterRow, limit],
  });
  for (const [row, t, extra, json, inner] of rows as [number, number, string | null, string, string | null][]) {
    const doc = docOf(json, inner);
    const entry = entryOf(layout, doc, extra === null ? undefined : [extra]);
    const sets = columnsOf(layout)
      .map((column) => `, ${column} = ?`)
      .join('');
    const [shown, apart] = jsonOf(layout, doc);
    connection
      .prepare(`UPDATE c${layout.n} SET w = ?, i = ?${sets}, doc = ? WHERE row = ?`)
      .run(entry.words, apart, ...entry.cells, shown, row);
    for (const word of splitWords(entry.words)) connection.prepare(`INSERT OR IGNORE INTO w${layout.n} VALUES (?, ?, ?)`).run(t, word, row);
    for (const { field, key, raw } of entry.elements)
      connection.prepare(`INSERT OR IGNORE INTO a${layout.n} VALUES (?, ?, ?, ?, ?)`).run(t, field, key, row, raw);
  }
  return rows.length < limit ? undefined : (rows.at(-1)![0] as number);
}

function exists(connection: Connection, layout: Layout, t: number, id: string): boolean {
  return connection.first({ text: `SELECT 1 FROM c${layout.n} WHERE t = ? AND id = ?`, params: [t, id] }) !== undefined;
}

/** Of what `formerSql` gives: version, row, words; then the cells. */
const FORMER = 3;

const texts = new WeakMap<Layout, { insert: string; former: string; columns: string[] }>();

function textsOf(layout: Layout) {
  let made = texts.get(layout);
  if (!made) {
    const columns = [...layout.fields.flatMap((_, i) => [`s${i}`, `r${i}`]), ...layout.sums.map((_, j) => `m${j}`)];
    const list = columns.map((column) => `, ${column}`).join('');
    made = {
      columns,
      insert: `INSERT INTO c${layout.n} (t, id, version, revision, w, x, i${list}, doc) VALUES (?, ?, 1, ?, ?, ?, ?${columns.map(() => ', ?').join('')}, ?) ON CONFLICT (t, id) DO NOTHING`,
      former: `SELECT version, row, w${columns.map((column) => (column.startsWith('m') ? `, CAST(${column} AS TEXT)` : `, ${column}`)).join('')} FROM c${layout.n} WHERE t = ? AND id = ?`,
    };
    texts.set(layout, made);
  }
  return made;
}
const columnsOf = (layout: Layout) => textsOf(layout).columns;
const insertSql = (layout: Layout) => textsOf(layout).insert;
const formerSql = (layout: Layout) => textsOf(layout).former;

const isListed = (cell: unknown): boolean => cell instanceof Uint8Array && cell[0] === 2;

function sameCell(former: unknown, now: Param): boolean {
  if (former instanceof Uint8Array) return now instanceof Uint8Array && former[0] === now[0];
  return former === (typeof now === 'bigint' ? String(now) : now);
}

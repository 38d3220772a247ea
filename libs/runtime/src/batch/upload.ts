import type { SealedFiles, FileOf } from '#privacy';
import { asDay, asUtf8, CsvFault, csvRows, dateOrder, delimiterOf, guessColumns, type Columns } from '#records';
import { Problem } from '../problem.ts';

/** What was taken in: how the file is cut into cells, what its headings seem to mean, how its dates seem to be written. */
export type TakenIn = {
  bytes: number;
  rows: number;
  delimiter: string;
  columns: { heading: string; field?: string }[];
  dates?: 'dmy' | 'mdy';
  decimal: '.' | ',';
};

/** A gigabyte is some five million rows of contacts. */
export const MOST_BYTES = 1024 ** 3;
const MOST_COLUMNS = 500;
const LOOKED_AT = 10_000;
const PIECE = 1024 * 1024;

/**
 * Takes a file in: read once from front to back, its rows counted, and sealed as UTF-8. Memory stays flat however long it is.
 *
 * @throws Problem 400 `malformed-csv`, `encoding-unclear`, `empty-file`, `too-many-columns`; 413 `file-too-large`
 */
export async function takeIn(
  source: AsyncIterable<Uint8Array>,
  charset: string | undefined,
  columns: Columns,
  files: SealedFiles,
  file: FileOf,
): Promise<TakenIn> {
  let bytes = 0;
  try {
    const text = asUtf8(limited(source), charset);
    const first = await firstLine(text);
    const delimiter = delimiterOf(first.line);
    const seen = sealing(joined(first.read, text), files, file, (length) => (bytes = length));
    let headings: string[] | undefined;
    let fields: (string | undefined)[] = [];
    let rows = 0;
    const days: string[] = [];
    for await (const cells of csvRows(seen, delimiter)) {
      if (!headings) {
        headings = cells.map((cell) => cell.trim());
        if (headings.length > MOST_COLUMNS)
          throw new Problem(400, 'too-many-columns', `A file has at most ${MOST_COLUMNS} columns; this has ${headings.length}.`);
        fields = guessColumns(columns, headings);
        continue;
      }
      if (cells.length === 1 && cells[0]!.trim() === '') continue;
      rows++;
      if (rows <= LOOKED_AT)
        for (const [at, field] of fields.entries()) if (field && columns.fields[field]?.read === asDay && cells[at]) days.push(cells[at]);
    }
    if (!headings || rows === 0)
      throw new Problem(400, 'empty-file', 'The file has no rows below its headings.', { hint: 'the first line names the columns' });
    const dates = dateOrder(days);
    return {
      bytes,
      rows,
      delimiter,
      columns: headings.map((heading, at) => ({ heading, ...(fields[at] ? { field: fields[at] } : {}) })),
      ...(dates ? { dates } : {}),
      decimal: delimiter === ';' ? ',' : '.',
    };
  } catch (error) {
    await files.remove(file);
    if (!(error instanceof CsvFault)) throw error;
    const place = error.line === undefined ? '' : ` at line ${error.line}`;
    throw new Problem(400, error.code, `The file cannot be read${place}: ${error.message}.`, {
      ...(error.line === undefined ? {} : { line: error.line }),
      ...(error.code === 'malformed-csv'
        ? {}
        : { hint: 'save it as UTF-8, or name its encoding: Content-Type: text/csv; charset=windows-1251' }),
    });
  }
}

async function* limited(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const part of source) {
    read += part.length;
    if (read > MOST_BYTES) throw new Problem(413, 'file-too-large', 'A file has at most 1 GiB; divide it.', { limit: MOST_BYTES });
    yield part;
  }
}

async function firstLine(text: AsyncGenerator<Buffer>): Promise<{ line: string; read: Buffer }> {
  let read = Buffer.alloc(0);
  while (read.length < PIECE && !read.includes(10) && !read.includes(13)) {
    const { value, done } = await text.next();
    if (done) break;
    read = Buffer.concat([read, value]);
  }
  return { line: read.toString('utf8').split(/\r\n|\r|\n/, 1)[0]!, read };
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** Passes a text on, and seals it piece by piece. */
async function* sealing(
  text: AsyncIterable<Buffer>,
  files: SealedFiles,
  file: FileOf,
  done: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let end = 0;
  let waiting: Buffer[] = [];
  let length = 0;
  const flush = async () => {
    end = await files.append(file, end, Buffer.concat(waiting));
    [waiting, length] = [[], 0];
    done(end);
  };
  for await (const part of text) {
    waiting.push(part);
    length += part.length;
    if (length >= PIECE) await flush();
    yield part;
  }
  if (length > 0) await flush();
}

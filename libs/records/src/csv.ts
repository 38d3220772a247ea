import { parse, type CsvError } from 'csv-parse';
import { Readable } from 'node:stream';

/** A file that is no CSV: it cannot be read further than `line` (from 1), for reasons that are the file's. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
  constructor(
    readonly code: 'malformed-csv' | 'encoding-unclear' | 'unknown-encoding',
    message: string,
    readonly line?: number,
  ) {
    super(message);
  }
}

const MOST_RECORD = 1024 * 1024;
const MESSAGES: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'something stands behind a closing quote; a quote within a quoted cell is written twice',
  INVALID_OPENING_QUOTE: 'a quote stands within a cell that does not begin with one; quote the whole cell and write the inner quote twice',
  CSV_MAX_RECORD_SIZE: 'a row is longer than a megabyte; perhaps a quote is never closed',
};

/**
 * The rows of a CSV text in UTF-8 (RFC 4180, any of the usual separators and line ends), the header among them, as they stand: blank lines are rows
 * of one empty cell, and rows may be of different lengths.
 *
 * @throws CsvFault with the line, when quotes do not close
 */
export async function* csvRows(bytes: AsyncIterable<Uint8Array>, delimiter: string): AsyncGenerator<string[]> {
  const parser = parse({ delimiter, bom: true, relax_column_count: true, max_record_size: MOST_RECORD });
  const source = Readable.from(bytes).on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const row of parser as AsyncIterable<string[]>) yield row;
  } catch (error) {
    const { code, lines } = error as CsvError & { lines?: number };
    const message = code && MESSAGES[code.replace('CSV_INVALID_OPENING', 'INVALID_OPENING')];
    throw message ? new CsvFault('malformed-csv', message, lines) : error;
  } finally {
    source.destroy();
  }
}

/** As rows, many at a time: a caller that awaits per row is slow. */
export async function* inChunks<T>(rows: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

const MARKS: [encoding: string, bytes: number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * A file's bytes as UTF-8 without a byte order mark. The mark says the encoding, else `charset` does (any of the WHATWG Encoding Standard: `windows-1251`, `iso-8859-8`),
 * else it is UTF-8. Nothing is guessed, for a wrong guess makes names unreadable and nobody notices.
 *
 * @throws CsvFault `encoding-unclear` where bytes are not what they are said to be, `unknown-encoding`
 */
export async function* asUtf8(bytes: AsyncIterable<Uint8Array>, charset?: string): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | undefined;
  let line = 1;
  let began = Buffer.alloc(0);
  const said = (text: string): Buffer => {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line++;
    if (text.includes('\u0000'))
      throw new CsvFault('encoding-unclear', 'holds NUL characters: it is no text, or in another encoding', line);
    return Buffer.from(text, 'utf8');
  };
  const decode = (part: Uint8Array | undefined): Buffer => {
    try {
      return said(part ? decoder!.decode(part, { stream: true }) : decoder!.decode());
    } catch (error) {
      if (error instanceof CsvFault) throw error;
      throw new CsvFault('encoding-unclear', `is not ${decoder!.encoding}`, line);
    }
  };
  for await (const part of bytes) {
    if (decoder) yield decode(part);
    else {
      began = Buffer.concat([began, part]);
      if (began.length < 4) continue;
      decoder = decoderOf(began, charset);
      yield decode(began);
    }
  }
  decoder ??= decoderOf(began, charset);
  yield decode(began.length < 4 ? began : undefined);
}

function decoderOf(began: Uint8Array, charset: string | undefined): TextDecoder {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => began[at] === byte))?.[0];
  try {
    return new TextDecoder(marked ?? charset ?? 'utf-8', { fatal: true });
  } catch {
    throw new CsvFault('unknown-encoding', 'is in an encoding that is not known here');
  }
}

/** What separates the cells of a header line: whichever of comma, semicolon, tab and bar stands there most often, outside of quotes. */
export function delimiterOf(header: string): string {
  const open = header.replaceAll(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((mark) => ({ mark, count: open.split(mark).length - 1 }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).mark;
}

/** RFC 4180, and a quote before what a spreadsheet would take for a formula; plain numbers stay numbers. */
export function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A row with its line end. */
export const csvLine = (cells: unknown[]): string => `${cells.map(csvCell).join(',')}\r\n`;

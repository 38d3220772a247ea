import { isUtf8 } from 'node:buffer';
import { invalid, Problem, type FieldProblem } from '#runtime';
import { positionOfFault } from './json-fault.ts';

/** Nesting beyond this is an attack or a mistake; our forms need four levels. */
export const MAX_DEPTH = 32;

/** NUL and other control characters but tab and line ends; characters that turn the reading direction around and so make text look like another. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]/;

/**
 * Reads a JSON body strictly: UTF-8, no duplicate keys, no `__proto__`, no numbers that would silently change, no characters that deceive.
 *
 * @throws Problem 400 `malformed-json` with the place of the fault, or `invalid` naming the field
 */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw new Problem(400, 'malformed-json', 'The body is not UTF-8.');
  const text = body.toString('utf8');
  // Short texts cannot nest deeply enough to hurt; they are judged after parsing.
  if (text.length > 4096 && deeper(text)) throw tooDeep();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, line, column } = positionOfFault(text);
    // The parser's own message quotes the body; ours must not.
    throw new Problem(400, 'malformed-json', `The body is not JSON: it breaks at line ${line}, column ${column}.`, {
      position: { offset, line, column },
    });
  }
  const findings: FieldProblem[] = [];
  const keys = inspect(value, '', 1, findings);
  if (findings.length > 0) throw invalid(findings);
  if (keys !== keysWritten(text)) throw new Problem(400, 'malformed-json', 'The body names a key twice in the same object.');
  return value;
}

const tooDeep = () => new Problem(400, 'too-deep', `The body is nested deeper than ${MAX_DEPTH} levels.`);

/** Whether brackets outside of strings nest too deeply; for any text, JSON or not. */
function deeper(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      let close = text.indexOf('"', at + 1);
      while (close !== -1 && escaped(text, close)) close = text.indexOf('"', close + 1);
      if (close === -1) return false;
      at = close;
    } else if (code === 91 || code === 123) {
      if (++depth > MAX_DEPTH) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}

/** Walks a parsed value, notes what is not allowed, and gives the number of keys in it. */
function inspect(value: unknown, path: string, depth: number, findings: FieldProblem[]): number {
  if (typeof value === 'string') {
    const problem = textProblem(value);
    if (problem) findings.push({ field: path, problem });
    return 0;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
      findings.push({
        field: path,
        problem: 'is a number too large to be kept exactly',
        hint: 'between -9007199254740991 and 9007199254740991, or a text',
      });
    return 0;
  }
  if (value === null || typeof value !== 'object') return 0;
  if (depth > MAX_DEPTH) throw tooDeep();
  let keys = 0;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const item: unknown = value[at];
      if (typeof item !== 'boolean' && item !== null) keys += inspect(item, path ? `${path}.${at}` : String(at), depth + 1, findings);
    }
    return keys;
  }
  for (const key of Object.keys(value)) {
    keys++;
    const field = path ? `${path}.${key}` : key;
    if (key === '__proto__') findings.push({ field, problem: 'is not an allowed name' });
    else if (textProblem(key)) findings.push({ field: path, problem: `holds a name that ${textProblem(key)}` });
    else keys += inspect((value as Record<string, unknown>)[key], field, depth + 1, findings);
  }
  return keys;
}

/** @returns undefined when the text may be kept */
export function textProblem(text: string): string | undefined {
  if (FORBIDDEN.test(text)) return 'holds control characters that are not allowed (NUL, or such as turn the writing direction)';
  if (!text.isWellFormed()) return 'holds half of a character (a lone surrogate)';
  return undefined;
}

/** How many keys valid JSON writes: strings followed by a colon. A parser keeps the last of two equal ones and says nothing. */
function keysWritten(text: string): number {
  let keys = 0;
  for (let open = text.indexOf('"'); open !== -1;) {
    let close = text.indexOf('"', open + 1);
    while (escaped(text, close)) close = text.indexOf('"', close + 1);
    let after = close + 1;
    while (after < text.length && text.charCodeAt(after) <= 32) after++;
    if (text.charCodeAt(after) === 58) keys++;
    open = text.indexOf('"', after);
  }
  return keys;
}

function escaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 92) slashes++;
  return slashes % 2 === 1;
}

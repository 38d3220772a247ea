import {
  closeSync,
  copyFileSync,
  existsSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, Fault } from '../../fault.ts';

/** Uploaded files and what was found in them, sealed as they are. Goes on with those that are missing or cut short. @returns how many there are */
export function carryFiles(from: string, to: string): number {
  if (!existsSync(from)) return 0;
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const names = readdirSync(from, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  for (const name of names) {
    const [source, target] = [join(from, name), join(to, name)];
    if (!existsSync(target) || statSync(target).size !== statSync(source).size) durableCopy(source, target);
  }
  return names.length;
}

/** That the target has no identity of its own, which would be written over. @throws Fault */
export function mustFitIdentity(from: string | undefined, to: string | undefined): void {
  if (!from || !to || !existsSync(from) || !existsSync(to) || readFileSync(from).equals(readFileSync(to))) return;
  throw new Fault(EXIT.failed, `The target has a built-in issuer of its own (${to}), with another signing key and administrator.`);
}

/**
 * The built-in issuer's signing key and who the first administrator is. Sessions stay behind: whoever was signed in signs in again.
 *
 * @returns what was not carried, as sentences
 */
export function carryIdentity(from: string | undefined, to: string | undefined): string[] {
  if (!from || !existsSync(from)) return [];
  if (!to)
    return ['The source has a built-in issuer, and the target names no folder for one (RAPPORT_IDENTITY): it needs an issuer of its own.'];
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  if (!existsSync(to)) {
    durableCopy(from, `${to}.new`);
    renameSync(`${to}.new`, to);
  }
  return [];
}

function durableCopy(source: string, target: string): void {
  copyFileSync(source, target);
  const file = openSync(target, 'r+');
  fdatasyncSync(file);
  closeSync(file);
}

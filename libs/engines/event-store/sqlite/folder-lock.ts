import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isLocked, unavailable } from './faults.ts';

/** Another process, or another part of this one, works in the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly pid: number | undefined;
  constructor(folder: string, pid: number | undefined) {
    const holder = pid === undefined ? 'another process' : pid === process.pid ? `this process (${pid})` : `process ${pid}`;
    super(`The data folder ${folder} is in use by ${holder}. Stop it first, or choose another folder.`);
    this.pid = pid;
  }
}

/** Folders held by this process. A lock lives as long as its connection, and that as long as something holds it: a caller may let go of what it was given. */
const held = new Set<DatabaseSync>();

/**
 * Takes a data folder for this process alone; makes the folder when there is none. The lock is the system's lock on a file, so it vanishes with
 * its holder, however that ends.
 *
 * @returns gives the folder back
 * @throws FolderInUse when it is taken
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const pidFile = join(folder, 'lock.pid');
  const db = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw isLocked(error) ? new FolderInUse(folder, readPid(pidFile)) : unavailable(error);
  }
  held.add(db);
  writeFileSync(pidFile, String(process.pid)); // only for the sentence: nobody can read the locked file
  return () => {
    if (!db.isOpen) return;
    rmSync(pidFile, { force: true });
    db.close();
    held.delete(db);
  };
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined; // its holder has only just begun
  }
}

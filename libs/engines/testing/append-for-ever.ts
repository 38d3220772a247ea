import { spawn, type ChildProcess } from 'node:child_process';
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EventStore } from '#engines/event-store';
import { sampleEvents } from '../event-store/samples.ts';

/**
 * What a process of a kill test does: appends to sixteen streams at a time, for ever. Every acknowledged event is written to the standard output
 * before the next append of its stream is sent: `<stream> <revision> <id>`. What is refused for now, and certainly not written, is sent again.
 */
export async function appendForEver(store: EventStore, run: string): Promise<void> {
  async function one(stream: string) {
    const samples = sampleEvents(stream);
    for (;;) {
      const append = samples.next('acme', stream, 2);
      while (!(await acknowledged(store.append([append])))) continue;
      for (const { revision, id } of append.events) say(`${stream} ${revision} ${id}\n`);
    }
  }
  await Promise.all(Array.from({ length: 16 }, (_, i) => one(`sales.opportunity/${run}-${i}`)));
}

/** Writes a line before anything else is done. A reader that is slow is waited for: standard output is a pipe, and a full one says so. */
function say(line: string): void {
  for (let bytes = Buffer.from(line); bytes.length > 0;) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

async function acknowledged(append: Promise<unknown>): Promise<boolean> {
  try {
    await append;
    return true;
  } catch (error) {
    const { name, inDoubt } = error as { name?: string; inDoubt?: boolean };
    if (name !== 'StoreUnavailable' || inDoubt) throw error;
    return false;
  }
}

export type Appender = {
  process: ChildProcess;
  /** What it has acknowledged so far; a line cut off by its end has not been. */
  acknowledged(): string[];
  /** Resolves when so many have been acknowledged. */
  reached(count: number): Promise<void>;
  /** Ends it at once. @throws Error when it had ended by itself */
  kill(): Promise<void>;
};

/** Starts such a process: see append-until-killed.ts. */
export function startAppender(
  args: ['sqlite', file: string, run: string] | ['postgres', url: string, schema: string, run: string],
): Appender {
  const script = fileURLToPath(new URL('./append-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=source', script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let [tell, waitingFor] = [() => {}, Infinity];
  let lines = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    lines += text.split('\n').length - 1;
    if (lines >= waitingFor) tell();
  });
  const ended = new Promise<string>((resolve) => child.once('close', (code, signal) => resolve(String(signal ?? code))));
  return {
    process: child,
    acknowledged: () => output.split('\n').slice(0, -1),
    async reached(wanted) {
      if (lines >= wanted) return;
      const there = new Promise<void>((resolve) => ([tell, waitingFor] = [resolve, wanted]));
      const early = ended.then((how) => {
        throw new Error(`the process ended by itself with ${how}`);
      });
      await Promise.race([there, early]);
    },
    async kill() {
      child.kill('SIGKILL');
      const how = await ended;
      if (how !== 'SIGKILL') throw new Error(`the process ended by itself with ${how}`);
    },
  };
}

/** Of what was acknowledged, that which the log does not hold exactly once; and how many events it holds. */
export async function missingFrom(store: EventStore, acknowledged: string[]): Promise<{ missing: string[]; events: number }> {
  const kept = new Map<string, number>();
  let events = 0;
  for (let after = 0, page; (page = await store.readLog(after, 1000)).length > 0; after = page.at(-1)!.position) {
    for (const { stream, revision, id } of page) {
      const line = `${stream} ${revision} ${id}`;
      kept.set(line, (kept.get(line) ?? 0) + 1);
    }
    events += page.length;
  }
  return { missing: acknowledged.filter((line) => kept.get(line) !== 1), events };
}

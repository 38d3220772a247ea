import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sqliteEventStore } from '#engines/event-store';

const RUNS = 12;

/** Starts the appending process, kills it after so many acknowledgements, and gives what it had acknowledged by then. */
function appendAndKill(file: string, run: number, after: number): Promise<string[]> {
  const script = fileURLToPath(new URL('./append-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=source', script, file, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > after) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) =>
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the process ended by itself with ${code}`));
      else resolve(output.split('\n').slice(0, -1)); // a line cut off by the kill has not been acknowledged
    }),
  );
}

it('keeps every acknowledged event exactly once, however often the process is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kill-'));
  const file = join(folder, 'sales.db');
  const acknowledged: string[] = [];
  for (let run = 0; run < RUNS; run++) {
    acknowledged.push(...(await appendAndKill(file, run, 1 + run * 100)));
    const store = sqliteEventStore({ log: 'sales', file });
    expect(await store.verify()).toEqual([]);
    const kept = new Map<string, number>();
    for (let after = 0, page; (page = await store.readLog(after, 1000)).length > 0; after = page.at(-1)!.position) {
      for (const { stream, revision, id } of page) {
        const line = `${stream} ${revision} ${id}`;
        kept.set(line, (kept.get(line) ?? 0) + 1);
      }
    }
    expect(acknowledged.filter((line) => kept.get(line) !== 1)).toEqual([]);
    await store.close();
  }
  expect(acknowledged.length).toBeGreaterThan(RUNS * 100);
  await rm(folder, { recursive: true });
}, 120_000);

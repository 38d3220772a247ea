import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderInUse, lockFolder } from '#engines/event-store';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('is held by one at a time, and free when given back', () => {
  const free = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(FolderInUse);
  expect(() => lockFolder(folder)).toThrow(`in use by this process (${process.pid})`);
  free();
  free();
  lockFolder(folder)();
});

it('makes the folder when there is none', () => {
  lockFolder(join(folder, 'new', 'data'))();
});

it('names the process that holds it, and outlives no killed one', async () => {
  const module = new URL('./folder-lock.ts', import.meta.url).href;
  const script = `const { lockFolder } = await import(${JSON.stringify(module)}); lockFolder(${JSON.stringify(folder)}); globalThis.gc(); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--expose-gc', '--conditions=source', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => holder.once('close', resolve));
  try {
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(() => lockFolder(folder)).toThrow(`in use by process ${holder.pid}. Stop it first`);
  } finally {
    holder.kill('SIGKILL');
    await ended;
  }
  lockFolder(folder)();
});

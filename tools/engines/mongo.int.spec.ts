import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { missing, start } from './mongo.mjs';

const here = (await missing()) ? describe.skip : describe;

async function ask<T>(
  address: string,
  work: (docs: mongoose.mongo.Collection<{ _id: string; v: number; absent?: mongoose.mongo.MaxKey }>) => Promise<T>,
): Promise<T> {
  const client = await new mongoose.mongo.MongoClient(address, { serverSelectionTimeoutMS: 1_000 }).connect();
  try {
    return await work(client.db('t').collection('kept'));
  } finally {
    await client.close();
  }
}

const absent = new mongoose.mongo.MaxKey();

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

here('the launcher of the MongoDB stand-in', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engine-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('starts it on loopback alone, named a stand-in, and keeps its data between starts', async () => {
    const first = await start({ folder });
    try {
      expect(first.against).toMatch(/^mongo-java-server [\d.]+ \(a stand-in\)$/);
      await ask(first.address, (docs) => docs.insertMany(Array.from({ length: 100 }, (_, at) => ({ _id: `d${at}`, v: 1, absent }))));
    } finally {
      await first.stop();
    }
    await expect(ask(first.address, (docs) => docs.countDocuments())).rejects.toThrow('ECONNREFUSED');
    const again = await start({ folder, port: Number(new URL(first.address).port) });
    try {
      expect(again.address).toBe(first.address);
      // By its key and more, found by the key's index.
      expect(await ask(again.address, (docs) => docs.updateOne({ _id: 'd7', v: 1 }, { $set: { v: 2 } }))).toMatchObject({
        matchedCount: 1,
      });
      expect(await ask(again.address, (docs) => docs.updateOne({ _id: 'd7', v: 1 }, { $set: { v: 3 } }))).toMatchObject({
        matchedCount: 0,
      });
      expect(await ask(again.address, (docs) => docs.countDocuments())).toBe(100);
      expect(await ask(again.address, (docs) => docs.countDocuments({ absent }))).toBe(100);
    } finally {
      await again.stop();
    }
  });

  it('ends when who started it is killed', async () => {
    const script = `import { start } from ${JSON.stringify(new URL('./mongo.mjs', import.meta.url).href)};
      console.log((await start({ folder: ${JSON.stringify(folder)} })).pid); setInterval(() => {}, 1_000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(starter.stdout, 'data')) as [Buffer];
    const pid = Number(String(said));
    starter.kill('SIGKILL');
    const until = performance.now() + 20_000;
    while (isRunning(pid) && performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
    expect(isRunning(pid)).toBe(false);
  });

  it('says why it cannot start', async () => {
    await writeFile(join(folder, 'mongo.mv'), 'no store of its own'.repeat(1_000));
    await expect(start({ folder })).rejects.toThrow(/did not come up.*(MVStore|corrupt)/s);
  });
});

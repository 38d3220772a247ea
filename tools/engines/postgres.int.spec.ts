import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { missing, start } from './postgres.mjs';

const here = (await missing()) ? describe.skip : describe;

async function ask(address: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

here('the launcher of PostgreSQL', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engine-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('starts a durable server on loopback alone, and keeps its data between starts', async () => {
    const first = await start({ folder });
    try {
      await ask(first.address, 'CREATE TABLE kept AS SELECT 1 AS one');
      const settings = `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'listen_addresses', 'data_checksums', 'server_encoding')`;
      expect(Object.fromEntries((await ask(first.address, settings)).map((row) => Object.values(row as object)))).toEqual({
        fsync: 'on',
        synchronous_commit: 'on',
        listen_addresses: '127.0.0.1',
        data_checksums: 'on',
        server_encoding: 'UTF8',
      });
      expect(first.against).toMatch(/^PostgreSQL \d+/);
    } finally {
      await first.stop();
    }
    await expect(ask(first.address, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    const second = await start({ folder });
    try {
      expect(await ask(second.address, 'SELECT * FROM kept')).toEqual([{ one: 1 }]);
    } finally {
      await second.stop();
    }
  });

  (process.getuid?.() === 0 ? it : it.skip)('says so when the user it must run as cannot come in', async () => {
    await mkdir(join(folder, 'closed'), { mode: 0o700 });
    await expect(start({ folder: join(folder, 'closed', 'server') })).rejects.toThrow('a folder above it is closed to others');
  });

  it('takes over a folder whose server outlived whoever started it', async () => {
    const script = `import { start } from ${JSON.stringify(fileURLToPath(new URL('./postgres.mjs', import.meta.url)))};
      console.log((await start({ folder: process.argv[1] })).address);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const address = await new Promise<string>((resolve) => starter.stdout.setEncoding('utf8').once('data', resolve));
    const gone = new Promise((resolve) => starter.once('exit', resolve));
    starter.kill('SIGKILL');
    await gone;
    expect(await ask(address.trim(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const successor = await start({ folder });
    try {
      await expect(ask(address.trim(), 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
      expect(await ask(successor.address, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await successor.stop();
    }
  });
});

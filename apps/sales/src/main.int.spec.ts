import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../dist/apps/sales/src/main.js', import.meta.url));
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'rapport-main-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** The service as a process of its own, as it ended by itself. */
function ended(settings: Record<string, string>): Promise<{ exit: number | null; said: string }> {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH, ...settings }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (said += part));
  return new Promise((resolve) => child.once('exit', (exit) => resolve({ exit, said })));
}

it('does not start on settings that are none, and says which', async () => {
  const { exit, said } = await ended({});
  expect(exit).toBe(78);
  expect(said).toMatch(/^RAPPORT_ISSUER must be set: /);
  expect(said).not.toContain('    at ');
});

it('ends with a sentence, to be started again, while an engine is away', async () => {
  const nobody = '127.0.0.1:1';
  const { exit, said } = await ended({
    RAPPORT_ISSUER: `http://${nobody}`,
    RAPPORT_PUBLIC: `http://${nobody}`,
    RAPPORT_SERVICES_SECRET: 'a secret of at least 32 characters',
    RAPPORT_LOG: `postgres://sales@${nobody}/sales`,
    RAPPORT_VAULT: `postgres://sales@${nobody}/sales`,
    RAPPORT_MODELS: `mongodb://${nobody}`,
    RAPPORT_KAFKA: nobody,
    RAPPORT_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
    RAPPORT_FILES: folder,
    RAPPORT_FIGURES: folder,
  });
  expect([exit, said]).toEqual([75, expect.stringMatching(/^PostgreSQL cannot be reached .*\n$/)]);
});

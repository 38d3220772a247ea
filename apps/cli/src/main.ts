import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from './cli.ts';

// dist/apps/cli/src/main.js: the root is four folders up.
const root = dirname(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))));
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await runCli(process.argv.slice(2), root, Date.now);

// What ./rapport and rapport.cmd run: makes the clone ready, then hands over to the command line. Where it was called from stays the current folder.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { makeReady } from './first-run.mjs';
import { root } from './node.mjs';

const node = await makeReady();
const cli = spawn(
  node,
  [
    '--enable-source-maps',
    '--disable-warning=TimeoutNegativeWarning',
    '--disable-warning=ExperimentalWarning',
    join(root, 'dist', 'apps', 'cli', 'src', 'main.js'),
    ...process.argv.slice(2),
  ],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => cli.kill(signal));
cli.once('error', (error) => {
  console.error(`The command line could not be started: ${error.message}`);
  process.exit(1);
});
cli.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

// `npm start`: makes the clone ready, then runs every service in one process. Signals reach the server, and its exit code becomes ours.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { makeReady } from './first-run.mjs';
import { root } from './node.mjs';

const node = await makeReady();
const main = join(root, 'dist', 'apps', 'all-in-one', 'src', 'main.js');
const server = spawn(node, ['--enable-source-maps', main, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
// Ctrl-C reaches the whole group by itself; what is sent to this process alone has to be passed on.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.once('error', (error) => {
  console.error(`The server could not be started: ${error.message}`);
  process.exit(1);
});
server.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

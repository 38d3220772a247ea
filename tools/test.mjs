// `npm test`: makes the clone ready, then lint, types, build, every suite that can run here; what was skipped, by name; what each engine's word rests on.
// The last line is `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngines } from './engines/index.mjs';
import { makeReady } from './first-run.mjs';
import { root } from './node.mjs';
import { engineTable, skippedTests, slowestSuites, totals } from './test-report.mjs';

const MINUTE = 60_000;
const bin = (name, file) => join(root, 'node_modules', name, file);
const node = await makeReady({ build: false });
const folder = mkdtempSync(join(tmpdir(), 'rapport-test-'));
chmodSync(folder, 0o711); // where root tests, PostgreSQL runs as another user: it must get to its folder within
const results = join(folder, 'jest.json');
// They come up while the checks run. Suites find them by the environment, and start their own where there is none.
const starting = startEngines({ folder: join(folder, 'engines') });

const checks = [
  ['lint', [bin('oxlint', 'bin/oxlint'), '--deny-warnings', 'apps', 'libs', 'tools', 'bench'], 2 * MINUTE],
  ['formatting', [bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'], 2 * MINUTE],
  ['types', [bin('typescript', 'bin/tsc'), '-p', root], 3 * MINUTE],
  ['types of the pages', [bin('typescript', 'bin/tsc'), '-p', join(root, 'apps', 'web')], 3 * MINUTE],
  ['build', [join(root, 'tools', 'build.mjs')], 2 * MINUTE],
];
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=TimeoutNegativeWarning', // kafkajs sets timers for times gone by
  bin('jest', 'bin/jest.js'),
  '--maxWorkers=2',
  '--json',
  `--outputFile=${results}`,
];

const counted = { passed: 0, failed: 0, skipped: 0 };
for (const [name, args, limit] of checks) {
  const began = performance.now();
  const problem = await run(args, limit);
  const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  console.log(problem ? `✗ ${name}: ${problem} (${took})` : `✓ ${name} (${took})`);
  counted[problem ? 'failed' : 'passed']++;
}

const engines = await starting;
for (const { name, why } of engines.down) console.log(`✗ no ${name} for the suites: ${why}`);
const problem = await run([...jest, ...process.argv.slice(2)], 20 * MINUTE, engines.env);
await engines.stop();
const report = readReport();
if (report) {
  const suites = totals(report);
  counted.passed += suites.passed;
  counted.failed += suites.failed;
  counted.skipped += suites.skipped;
  if (problem && !suites.failed) counted.failed++;
  print('Slowest suites', slowestSuites(report, root, 10));
  print('Skipped', skippedTests(report, root));
  print('What each engine’s word rests on', engineTable(report));
} else counted.failed++;
if (problem) console.log(`✗ suites: ${problem}`);
rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
console.log('');
console.log(`${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`);
process.exitCode = counted.failed ? 1 : 0;

/** Runs Node with `args`, its output shown; what did not end in time is killed with all it started. @returns the problem, or undefined */
function run(args, limit, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
      env: { ...process.env, ...env, FORCE_COLOR: '0' },
    });
    const end = () => (process.platform === 'win32' ? child.kill('SIGKILL') : process.kill(-child.pid, 'SIGKILL'));
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      end();
    }, limit);
    const interrupted = () => {
      end();
      void starting.then((engines) => engines.stop()).finally(() => process.exit(130));
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    child.once('error', (error) => finish(error.message));
    child.once('exit', (code, signal) =>
      finish(late ? `not done after ${limit / MINUTE} minutes` : code === 0 ? undefined : `ended with ${signal ?? code}`),
    );
    const finish = (outcome) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      resolve(outcome);
    };
  });
}

/** @returns what Jest wrote; undefined when it ended before it could */
function readReport() {
  try {
    return JSON.parse(readFileSync(results, 'utf8'));
  } catch (error) {
    console.log(`✗ suites: no results were written (${error.message})`);
    return undefined;
  }
}

function print(title, lines) {
  if (!lines.length) return;
  console.log(`\n${title}`);
  for (const line of lines) console.log(`  ${line}`);
}

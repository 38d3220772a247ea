// What `npm test` says after the suites have run, from Jest's JSON report.
import { relative } from 'node:path';

/**
 * A contract suite is a top-level `describe('<port>: <adapter>')`, or `… against <what it ran against>` where that is not the adapter's own engine. One that
 * cannot run here is `describe.skip` under the same name.
 */
const CONTRACT = /^(?<port>event store|event bus|read models|vault): (?<adapter>.+?)(?: against (?<against>.+))?$/;

/** Passed, failed, skipped tests; a suite that could not even start counts as one failure. */
export function totals(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/** The `count` suites that took longest, one line each. */
export function slowestSuites(report, root, count) {
  return report.testResults
    .map((suite) => ({ name: relative(root, suite.name), seconds: (suite.endTime - suite.startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(({ name, seconds }) => `${seconds.toFixed(1).padStart(6)} s  ${name}`);
}

/** Every skipped test by name, grouped where a whole block was skipped. */
export function skippedTests(report, root) {
  const lines = new Map();
  for (const suite of report.testResults) {
    for (const test of suite.assertionResults) {
      if (test.status !== 'pending' && test.status !== 'todo') continue;
      const name = `${relative(root, suite.name)}: ${test.ancestorTitles[0] ?? test.title}`;
      lines.set(name, (lines.get(name) ?? 0) + 1);
    }
  }
  return [...lines].map(([name, count]) => (count > 1 ? `${name} (${count} tests)` : name));
}

/** One line per adapter: what its contract suite ran against, and how it went. */
export function engineTable(report) {
  const adapters = new Map();
  for (const suite of report.testResults) {
    for (const test of suite.assertionResults) {
      const match = CONTRACT.exec(test.ancestorTitles[0] ?? '');
      if (!match) continue;
      const { port, adapter, against = 'itself' } = match.groups;
      const key = `${port}|${adapter}|${against}`;
      const seen = adapters.get(key) ?? { port, adapter, against, passed: 0, failed: 0, pending: 0 };
      if (test.status in seen) seen[test.status]++;
      adapters.set(key, seen);
    }
  }
  return [...adapters.values()].map(({ port, adapter, against, passed, failed, pending }) => {
    const outcome = failed ? `${failed} of ${passed + failed} FAILED` : passed ? `${passed} passed` : `skipped (${pending})`;
    return `${port.padEnd(14)} ${adapter.padEnd(34)} against ${against.padEnd(28)} ${outcome}`;
  });
}

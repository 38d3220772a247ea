import { engineTable, skippedTests, slowestSuites, totals } from './test-report.mjs';

const test = (status: string, ...titles: string[]) => ({ status, title: titles.at(-1), ancestorTitles: titles.slice(0, -1) });
const report = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 1,
  testResults: [
    {
      name: '/repo/libs/engines/a.int.spec.ts',
      startTime: 0,
      endTime: 1500,
      assertionResults: [
        test('passed', 'event store: sqlite', 'appends'),
        test('failed', 'event store: sqlite', 'reads'),
        test('passed', 'read models: mongo against mongo-java-server', 'finds'),
        test('pending', 'event store: postgres against a real server', 'appends'),
        test('pending', 'event store: postgres against a real server', 'reads'),
      ],
    },
    { name: '/repo/apps/b.spec.ts', startTime: 0, endTime: 9000, assertionResults: [test('passed', 'does it')] },
  ],
};

it('counts a suite that cannot start as a failure', () => expect(totals(report)).toEqual({ passed: 3, failed: 2, skipped: 2 }));
it('names what was skipped, a block at a time', () =>
  expect(skippedTests(report, '/repo')).toEqual(['libs/engines/a.int.spec.ts: event store: postgres against a real server (2 tests)']));
it('puts the slowest suite first', () => expect(slowestSuites(report, '/repo', 1)).toEqual(['   9.0 s  apps/b.spec.ts']));
it('says of every adapter what its contract ran against, and never hides a failure', () => {
  const rows = engineTable(report).map((row) => row.replace(/ +/g, ' '));
  expect(rows).toEqual([
    'event store sqlite against itself 1 of 2 FAILED',
    'read models mongo against mongo-java-server 1 passed',
    'event store postgres against a real server skipped (2)',
  ]);
});

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { emptied, eventType, splitPersonal, upcastData, validate } from '#model';
import { fixtureFaults, missingFixtures, type Fixture } from '#testing';
import './index.ts';

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url));
const files = readdirSync(folder).sort();
const fixtures = files.map((file) => JSON.parse(readFileSync(folder + file, 'utf8')) as Fixture);

it('every version of every event has a golden fixture, in a file named after it', () => {
  expect(missingFixtures(fixtures)).toEqual([]);
  expect(files).toEqual(fixtures.map(({ type, version }) => `${type}.v${version}.json`));
});

it('what was once stored still reads as an event of today', () => expect(fixtureFaults(fixtures)).toEqual([]));

it('reads as an event also once the person it is about was erased', () => {
  const faults = fixtures.flatMap(({ type, version, data }) => {
    const event = eventType(type)!;
    const current = upcastData(event, version, data);
    return validate(event.schema, emptied(event, splitPersonal(event, current, `${type}/r1`).open)).map((finding) => ({
      type,
      ...finding,
    }));
  });
  expect(faults).toEqual([]);
});

it('keeps nothing personal in the open', () => {
  const secrets = /Мария|Иванова|Maria|Petrova|Ann (Lee|Stone)|@example|\+359888|Шипка/;
  const leaks = fixtures.flatMap(({ type, version, data }) => {
    const event = eventType(type)!;
    // A company's own address and telephone are business data.
    if (type.startsWith('contacts.account.')) return [];
    return secrets.test(JSON.stringify(splitPersonal(event, upcastData(event, version, data), `${type}/r1`).open)) ? [type] : [];
  });
  expect(leaks).toEqual([]);
});

it('a fixture that main has is never changed nor dropped: it is what stands in people’s logs', () =>
  expect(changedSinceMain()).toEqual([]));

/** Fixtures of the main branch that differ here; none where there is no repository, as in a copy of the sources. */
function changedSinceMain(): string[] {
  for (const main of ['origin/main', 'main']) {
    const answer = spawnSync('git', ['diff', '--name-status', '--no-renames', '--diff-filter=MD', main, '--', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (answer.status === 0) return answer.stdout.split('\n').filter(Boolean);
  }
  return [];
}

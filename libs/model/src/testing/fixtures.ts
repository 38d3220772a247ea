import { allEvents, eventType, upcastData, validate } from '../index.ts';

/** A golden event: what a version of a type looked like when it was first stored. */
export type Fixture = { type: string; version: number; data: Record<string, unknown> };

/** Faults of golden fixtures against the definitions: a type unknown, data that no longer fits, an upcast that is missing. */
export function fixtureFaults(fixtures: Fixture[]): string[] {
  const faults: string[] = [];
  for (const { type, version, data } of fixtures) {
    const event = eventType(type);
    if (!event) {
      faults.push(`${type} is no longer defined`);
      continue;
    }
    if (version > event.version) faults.push(`${type}: the fixture is of version ${version}, the definition of ${event.version}`);
    else
      for (const finding of validate(event.schema, upcastData(event, version, data)))
        faults.push(`${type} v${version}: ${finding.path || 'data'} ${finding.message}`);
  }
  return faults;
}

/** Versions that have been defined and have no fixture. */
export function missingFixtures(fixtures: Fixture[]): string[] {
  const have = new Set(fixtures.map(({ type, version }) => `${type} v${version}`));
  return allEvents().flatMap((event) =>
    Array.from({ length: event.version }, (_, index) => `${event.type} v${index + 1}`).filter((name) => !have.has(name)),
  );
}

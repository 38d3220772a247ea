import { intArray, textArray } from '#engines/postgres';
import { countEvents, type EncodedAppend } from '../encode.ts';
import type { Outcome } from '../group-commit.ts';
import { WrongRevision, type Appended } from '../port.ts';

/** What the function `append` answers, a row per append. */
export type Answer = [firstPosition: number | null, wrongEntry: number | null, actualRevision: number | null];

/** Appends that arrived together as one call of the function `append`: what goes in, and how its answers are read. See schema.ts for the arguments. */
export function callOf(id: string, batch: EncodedAppend[][]) {
  const streams = new Map<string, { number: number; tenant: string; stream: string }>();
  const entries = batch.flat();
  const named = entries.map(({ tenant, stream }) => {
    const key = `${tenant}\u0000${stream}`;
    const known = streams.get(key) ?? { number: streams.size + 1, tenant, stream };
    streams.set(key, known);
    return known.number;
  });
  let entry = 0;
  const lasts = batch.map((appends) => (entry += appends.length));
  const tenants = [...new Set(entries.map(({ tenant }) => tenant))];

  const events = {
    append: [] as number[],
    tenant: [] as string[],
    stream: [] as string[],
    revision: [] as number[],
    type: [] as string[],
    body: [] as string[],
  };
  batch.forEach((appends, i) => {
    for (const { tenant, stream, expected, types, bodies } of appends) {
      bodies.forEach((body, n) => {
        events.append.push(i + 1);
        events.tenant.push(tenant);
        events.stream.push(stream);
        events.revision.push(expected + 1 + n);
        events.type.push(types[n]!);
        events.body.push(body);
      });
    }
  });

  return {
    tenants,
    values: [
      id,
      textArray(tenants),
      textArray([...streams.values()].map(({ tenant }) => tenant)),
      textArray([...streams.values()].map(({ stream }) => stream)),
      intArray(lasts),
      intArray(named),
      intArray(entries.map(({ expected }) => expected)),
      intArray(entries.map(({ bodies }) => bodies.length)),
      intArray(events.append),
      textArray(events.tenant),
      textArray(events.stream),
      intArray(events.revision),
      textArray(events.type),
      textArray(events.body),
    ],
    outcomes: (answers: Answer[]): Outcome<Appended>[] =>
      batch.map((appends, i) => {
        const [first, wrong, actual] = answers[i]!;
        if (first !== null) return { value: appendedAt(first, appends) };
        const { tenant, stream, expected } = entries[wrong! - 1]!;
        return { error: new WrongRevision(tenant, stream, expected, actual!) };
      }),
  };
}

/** Where an append stands whose first event has this position: its events follow on each other. */
export function appendedAt(first: number, appends: EncodedAppend[]): Appended {
  const count = countEvents(appends);
  return { position: first + count - 1, positions: Array.from({ length: count }, (_, i) => first + i) };
}

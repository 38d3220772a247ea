import { Answer, Count, OneOf, Optional, Text, type Static } from '#model';

/**
 * What was found of a row: why it was rejected, or what somebody should look at although it was taken. `row` counts from 2, as spreadsheets do: the heading is row 1.
 */
export const Finding = Answer('Finding', {
  row: Count,
  column: Optional(Text),
  field: Optional(Text),
  severity: OneOf('rejected', 'note'),
  problem: Text,
  hint: Optional(Text),
});
export type Finding = Static<typeof Finding>;

/** Findings as they lie in their file: JSON, a line each. */
export const findingLines = (findings: readonly Finding[]): Buffer =>
  Buffer.from(findings.map((finding) => `${JSON.stringify(finding)}\n`).join(''));

/** As they were found. */
export async function* findingsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Finding> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const part of bytes) {
    const lines = (rest + decoder.decode(part, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line) as Finding;
  }
}

import type { Finding } from './import-queries.ts';

/** Findings that say the same of the same column, with the rows they are of. */
export type FindingGroup = Pick<Finding, 'column' | 'field' | 'severity' | 'problem' | 'hint'> & { key: string; rows: number[] };

/** Puts together what says the same: what rejects rows first, then what most rows have. */
export function grouped(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const { row, ...said } of findings) {
    const key = JSON.stringify([said.severity, said.column ?? said.field, said.problem]);
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { ...said, key, rows: [row] });
  }
  const rank = ({ severity }: FindingGroup) => (severity === 'rejected' ? 0 : 1);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.rows.length - a.rows.length);
}

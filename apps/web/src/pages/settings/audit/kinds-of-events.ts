import { EVENT_TYPES, partsOf } from '../../../parts/history/events.ts';

/** What somebody looks for: acts that are alike, whatever they were done to. */
export const GROUPS = {
  made: ['created', 'recorded', 'opened'],
  changed: ['changed', 'stage-moved', 'line-added', 'line-changed', 'line-removed'],
  closed: ['won', 'lost', 'reopened', 'completed'],
  removed: ['removed', 'restored'],
  merged: ['merged', 'absorbed', 'unmerged', 'released'],
  access: ['invited', 'invitation-withdrawn', 'joined'],
  imported: ['started', 'progressed', 'finished', 'undone', 'redone', 'expired'],
  erased: ['erased', 'swept'],
} as const satisfies Record<string, readonly string[]>;
export type ActGroup = keyof typeof GROUPS;

/** Kinds of record that entries are about; imports and erasures of all services are one. */
export const aboutOf = (kind: string): string => (/\.(batch|erasure)$/.test(kind) ? kind.slice(kind.indexOf('.') + 1) : kind);
export const ABOUT: readonly string[] = [...new Set(EVENT_TYPES.map((type) => aboutOf(partsOf(type).kind)))];

/** Event types of a kind and a group of acts; undefined where neither is chosen. An unknown kind or group has none, and then nothing is found. */
export function typesFor(about: string | undefined, what: string | undefined): string[] | undefined {
  if (about === undefined && what === undefined) return undefined;
  const acts: readonly string[] | undefined = what === undefined ? undefined : (GROUPS[what as ActGroup] ?? []);
  const types = EVENT_TYPES.filter((type) => {
    const { kind, act } = partsOf(type);
    return (about === undefined || aboutOf(kind) === about) && (acts === undefined || acts.includes(act));
  });
  return types.length > 0 ? types : ['none.such.event'];
}

import type { IconName } from '../icon.tsx';

/** What somebody looks for in a history. Kinds of events that a later service brings are in none but `all`. */
export type Group = 'deals' | 'talk' | 'changes';

/** How an event looks, and whether it can be taken back by itself. */
export type Look = { icon: IconName; tone?: 'good' | 'attn'; group?: Group; undo?: boolean };

const record = (group: Group, icon: IconName): Record<string, Look> => ({
  created: { icon, group, undo: true },
  changed: { icon: 'edit', group, undo: true },
  merged: { icon: 'merge', group, undo: true },
  absorbed: { icon: 'merge', group },
  unmerged: { icon: 'merge', group, undo: true },
  released: { icon: 'merge', group },
});
const lifecycle = (group: Group): Record<string, Look> => ({
  removed: { icon: 'trash', group, undo: true },
  restored: { icon: 'undo', group, undo: true },
  erased: { icon: 'erase', group },
});

/** What a company is set up with touches no customer, and is in no group. */
const setUp = (icon: IconName): Record<string, Look> => ({
  created: { icon, undo: true },
  changed: { icon: 'edit', undo: true },
  removed: { icon: 'trash', undo: true },
  restored: { icon: 'undo', undo: true },
  erased: { icon: 'erase' },
});

const KINDS: Record<string, Record<string, Look>> = {
  'contacts.contact': { ...record('changes', 'person'), ...lifecycle('changes') },
  'contacts.account': { ...record('changes', 'building'), ...lifecycle('changes') },
  'contacts.activity': {
    recorded: { icon: 'note', group: 'talk', undo: true },
    changed: { icon: 'edit', group: 'talk', undo: true },
    completed: { icon: 'task', group: 'talk', undo: true },
    reopened: { icon: 'task', group: 'talk', undo: true },
    ...lifecycle('talk'),
  },
  'sales.opportunity': {
    opened: { icon: 'deal', group: 'deals', undo: true },
    'stage-moved': { icon: 'board', group: 'deals', undo: true },
    changed: { icon: 'edit', group: 'deals', undo: true },
    'line-added': { icon: 'product', group: 'deals', undo: true },
    'line-changed': { icon: 'product', group: 'deals', undo: true },
    'line-removed': { icon: 'product', group: 'deals', undo: true },
    won: { icon: 'check', tone: 'good', group: 'deals', undo: true },
    lost: { icon: 'x', group: 'deals', undo: true },
    reopened: { icon: 'redo', group: 'deals', undo: true },
    ...lifecycle('deals'),
  },
  'workspace.user': {
    ...setUp('person'),
    invited: { icon: 'link', undo: true },
    'invitation-withdrawn': { icon: 'link' },
    joined: { icon: 'check', tone: 'good' },
  },
  'workspace.team': setUp('people'),
  'workspace.role': setUp('lock'),
  'workspace.tenant': setUp('settings'),
  'workspace.view': setUp('list'),
  'workspace.api-key': setUp('key'),
  'sales.product': setUp('product'),
  'sales.pipeline': setUp('board'),
  ...Object.fromEntries(
    ['workspace', 'contacts', 'sales'].flatMap((service) => [
      [
        `${service}.batch`,
        {
          ...setUp('import'),
          started: { icon: 'play' },
          progressed: { icon: 'import' },
          finished: { icon: 'check' },
          undone: { icon: 'undo' },
          redone: { icon: 'redo' },
          expired: { icon: 'trash' },
        },
      ],
      [`${service}.erasure`, { swept: { icon: 'erase' } }],
    ]),
  ),
};

/** The icons of activities by what they are. */
export const ACTIVITY_ICONS = { note: 'note', call: 'phone', meeting: 'meeting', message: 'mail', task: 'task' } as const satisfies Record<
  string,
  IconName
>;

/** `contacts.contact.changed` → its kind and what happened. */
export const partsOf = (type: string): { kind: string; act: string } => {
  const dot = type.lastIndexOf('.');
  return { kind: type.slice(0, dot), act: type.slice(dot + 1) };
};

export function lookOf(type: string): Look {
  const { kind, act } = partsOf(type);
  return KINDS[kind]?.[act] ?? { icon: 'dashed' };
}

/** Every type of event there is to be told. */
export const EVENT_TYPES: readonly string[] = Object.entries(KINDS).flatMap(([kind, acts]) =>
  Object.keys(acts).map((act) => `${kind}.${act}`),
);

/** Every type of a group, as histories are asked for them. */
export const typesOf = (group: Group): string[] =>
  Object.entries(KINDS).flatMap(([kind, acts]) =>
    Object.entries(acts)
      .filter(([, look]) => look.group === group)
      .map(([act]) => `${kind}.${act}`),
  );

export const GROUPS: readonly Group[] = ['deals', 'talk', 'changes'];

/** `contacts.contact/<id>` → kind and id. */
export const recordOf = (record: string): { kind: string; id: string } => {
  const slash = record.indexOf('/');
  return { kind: record.slice(0, slash), id: record.slice(slash + 1) };
};

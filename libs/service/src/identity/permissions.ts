import { TELLS } from '#events/tells';
import type { Permissions, Reach } from '#runtime';

/** What a role may do. `on`: kinds (`sales.opportunity`), services (`sales`: everything in it) or `*`. */
export type Grant = { can: string[]; on: string[]; reach: 'own' | 'team' | 'all' };
/** A role is data. `hidden`: per kind, fields that who has only such roles neither sees nor sets. */
export type Role = { name: string; grants: Grant[]; hidden?: Record<string, string[]> };
/** `parent`: the team above; who leads a team (`managers`) reaches the teams below as well. */
export type Team = { id: string; parent?: string; members: string[]; managers?: string[] };
export type Person = { id: string; roles: string[] };

/** The abilities there are, besides those that commands name themselves. */
export const ABILITIES = [
  'read',
  'create',
  'change',
  'remove',
  'erase',
  'merge',
  'import',
  'export',
  'undo',
  'manage',
  'profile',
  'events.read',
] as const;

type Level = 'own' | 'team' | 'all';
const ORDER: Record<Level, number> = { own: 1, team: 2, all: 3 };

/**
 * What a person may do, by all of their roles together: the farthest reach that any of them gives. A field is hidden when every role that
 * grants anything on its kind hides it.
 *
 * @param roles all roles of the tenant; unknown names on the person grant nothing
 */
export function permissionsOf(roles: readonly Role[], teams: readonly Team[], person: Person): Permissions {
  const held = roles.filter((role) => person.roles.includes(role.name));
  const owners: Record<Level, Reach> = {
    own: { all: false, owners: [person.id] },
    team: { all: false, owners: reached(teams, person.id) },
    all: { all: true },
  };
  const answers = new Map<string, Reach | undefined>();
  const hiddenFields = new Map<string, readonly string[]>();
  const may = (action: string, kind: string): Reach | undefined => {
    const key = `${action} ${kind}`;
    if (answers.has(key)) return answers.get(key);
    let best: Level | undefined;
    for (const role of held)
      for (const grant of role.grants) if (grants(grant, action, kind) && (!best || ORDER[grant.reach] > ORDER[best])) best = grant.reach;
    const reach = best && owners[best];
    answers.set(key, reach);
    return reach;
  };
  return {
    may,
    why: (action, kind) => {
      const names = held.length > 0 ? `role${held.length > 1 ? 's' : ''} ${held.map((role) => role.name).join(', ')}` : 'no role';
      const reach = may(action, kind);
      return reach
        ? `${names}: ${action} on ${kind} reaches ${reach.all ? 'all records' : 'only some owners’ records'}`
        : `${names}: grants no ${action} on ${kind}`;
    },
    hidden: (kind) => {
      let fields = hiddenFields.get(kind);
      if (!fields) hiddenFields.set(kind, (fields = hiddenIn(held, kind)));
      return fields;
    },
  };
}

function grants(grant: Grant, action: string, kind: string): boolean {
  return (
    (grant.can.includes(action) || grant.can.includes('*')) && grant.on.some((on) => on === '*' || on === kind || kind.startsWith(`${on}.`))
  );
}

function hiddenIn(held: readonly Role[], kind: string): readonly string[] {
  const concerned = held.filter((role) =>
    role.grants.some((grant) => grant.on.some((on) => on === '*' || on === kind || kind.startsWith(`${on}.`))),
  );
  const [first, ...rest] = concerned.map((role) => hiddenBy(role, kind));
  return (first ?? []).filter((field) => rest.every((fields) => fields.includes(field)));
}

/** What a role hides of a kind: the fields it names, and those that would tell of a hidden one. */
function hiddenBy({ hidden = {} }: Role, kind: string): string[] {
  const told = Object.entries(hidden).flatMap(([of, fields]) => fields.flatMap((field) => TELLS[`${of}.${field}`] ?? []));
  const own = told.filter((name) => name.startsWith(`${kind}.`)).map((name) => name.slice(kind.length + 1));
  return [...(hidden[kind] ?? []), ...own];
}

/** The person, everyone in the person's teams, and everyone in the teams below those the person belongs to or leads. */
function reached(teams: readonly Team[], person: string): string[] {
  const inside = new Set(teams.filter((team) => team.members.includes(person) || team.managers?.includes(person)).map((team) => team.id));
  for (let grown = true; grown;) {
    grown = false;
    for (const team of teams)
      if (team.parent && inside.has(team.parent) && !inside.has(team.id)) {
        inside.add(team.id);
        grown = true;
      }
  }
  const people = teams.filter((team) => inside.has(team.id)).flatMap((team) => [...team.members, ...(team.managers ?? [])]);
  return [...new Set([person, ...people])];
}

/** Permissions narrowed by an API key's scopes: never more than its owner has, never more than the key says. */
export function scopedTo(permissions: Permissions, scopes: readonly Grant[]): Permissions {
  const allowed = (action: string, kind: string) => scopes.some((scope) => grants(scope, action, kind));
  return {
    may: (action, kind) => (allowed(action, kind) ? permissions.may(action, kind) : undefined),
    why: (action, kind) => (allowed(action, kind) ? permissions.why(action, kind) : `API key: grants no ${action} on ${kind}`),
    hidden: (kind) => permissions.hidden(kind),
  };
}

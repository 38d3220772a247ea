import type { Projection } from '#model';
import { inContext, type Permissions, type RequestContext, type Runtime } from '#runtime';
import type { AccessRows } from './access-rows.ts';
import { permissionsOf, type Role, type Team } from './permissions.ts';

type Snapshot = {
  at: number;
  roles: Role[];
  roleNames: Map<string, string>;
  teams: Team[];
  people: Map<string, { active: boolean; roles: string[] }>;
};
/** Where business days begin, and where telephone numbers without a prefix are from. */
export type TenantSettings = { zone: string; country: string };
const MAX_AGE = 60_000;
const MOST = 10_000;

/** Who may do what, as a service's views of workspace's events say it; at most a minute old, and made anew when one of them moves. */
export class AccessView {
  private readonly tenants = new Map<string, Snapshot>();
  /** How often rows have moved: what was being read meanwhile is not kept. */
  private moves = 0;
  private readonly known = new Map<string, TenantSettings>();

  constructor(
    private readonly runtime: Runtime,
    private readonly rows: AccessRows,
    private readonly asSystem: (tenant: string) => RequestContext,
    private readonly clock: () => number,
  ) {
    runtime.freshness.onApplied(({ changes }) => {
      if (changes.length > 0) this.moves++;
      for (const { tenant } of changes) this.tenants.delete(tenant);
    });
  }

  /** @returns undefined when the tenant has no such user, or has shut them out */
  async permissions(tenant: string, user: string): Promise<Permissions | undefined> {
    const { people, roles, teams, roleNames } = await this.snapshot(tenant);
    const person = people.get(user);
    if (!person?.active) return undefined;
    return permissionsOf(roles, teams, { id: user, roles: person.roles.flatMap((id) => roleNames.get(id) ?? []) });
  }

  /** A tenant's settings as last read; undefined until they have been seen. */
  settings(tenant: string): TenantSettings | undefined {
    return this.known.get(tenant);
  }

  /** Reads a tenant's settings and people into memory. */
  async snapshot(tenant: string): Promise<Snapshot> {
    const kept = this.tenants.get(tenant);
    if (kept && this.clock() - kept.at < MAX_AGE) return kept;
    const { moves } = this;
    return inContext(this.asSystem(tenant), async () => {
      const { views } = this.runtime;
      const all = async <Doc>(view: Projection<Doc>) => {
        const items: Doc[] = [];
        let cursor: string | undefined;
        do {
          const page = await views.list(view, { limit: 1000, cursor });
          items.push(...page.items);
          cursor = page.next;
        } while (cursor && items.length < MOST);
        return items;
      };
      const [users, teams, roles, [settings]] = [
        await all(this.rows.users),
        await all(this.rows.teams),
        await all(this.rows.roles),
        await views.many(this.rows.tenants, [tenant]),
      ];
      if (settings) this.known.set(tenant, settings);
      const snapshot: Snapshot = {
        at: this.clock(),
        roles: roles.map(({ name, grants, hidden = [] }) => ({ name, grants, hidden: byKind(hidden) })),
        roleNames: new Map(roles.map(({ id, name }) => [id, name])),
        teams: teams.map(({ id, parentId }) => {
          const members = users.filter((user) => user.teamId === id);
          return {
            id,
            parent: parentId,
            members: members.map((user) => user.id),
            managers: [...new Set(members.flatMap((user) => user.managerId ?? []))],
          };
        }),
        people: new Map(users.map(({ id, active, roleIds }) => [id, { active, roles: roleIds }])),
      };
      if (moves === this.moves) this.tenants.set(tenant, snapshot);
      return snapshot;
    });
  }
}

/** `sales.opportunity.value` → fields by kind. */
function byKind(hidden: string[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const name of hidden) {
    const dot = name.lastIndexOf('.');
    (found[name.slice(0, dot)] ??= []).push(name.slice(dot + 1));
  }
  return found;
}

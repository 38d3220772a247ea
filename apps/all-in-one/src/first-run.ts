import { randomUUID } from 'node:crypto';
import { pipeline } from '#apps/sales';
import { hashPassword, role, startingRole, tenant, user } from '#apps/workspace';
import { uuidV5, type Decider } from '#model';
import { DEFAULT_ROLES, inContext, Problem, type RequestContext } from '#service';
import type { Runtime } from '#runtime';
import type { Chosen } from './sign-in.ts';

/** The tenant of an installation that has one. */
export const TENANT = 'main';

type Services = { workspace: Runtime; sales: Runtime };
type AsSystem = (tenant: string) => RequestContext;

/** What a tenant begins with: settings, roles, the usual pipeline. Each is made once; what is there stays as it is. */
export async function seed({ workspace, sales }: Services, asSystem: AsSystem): Promise<void> {
  await once(workspace, asSystem, tenant, 'create', TENANT, { name: 'My company', zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  for (const { name, grants } of DEFAULT_ROLES) await once(workspace, asSystem, role, 'create', startingRole(name), { name, grants });
  await once(sales, asSystem, pipeline, 'create', uuidV5(TENANT, 'pipeline'), { name: 'Sales', isDefault: true });
}

/** The first administrator chooses how to sign in; the same link, used again for a new password, keeps the name. */
export async function welcome(
  { workspace }: Pick<Services, 'workspace'>,
  asSystem: AsSystem,
  administrator: string,
  chosen: Chosen,
): Promise<void> {
  await once(workspace, asSystem, user, 'create', administrator, {
    name: chosen.name,
    email: chosen.email,
    roleIds: [startingRole('administrator')],
    ...(chosen.language ? { language: chosen.language } : {}),
  });
  const hash = await hashPassword(chosen.password);
  await inContext({ ...asSystem(TENANT), commandId: randomUUID() }, () =>
    workspace.commands.run(user, administrator, 'setPassword', { hash }),
  );
}

async function once(
  runtime: Runtime,
  asSystem: AsSystem,
  decider: Decider<any, any>,
  command: string,
  id: string,
  data: unknown,
): Promise<void> {
  try {
    await inContext({ ...asSystem(TENANT), commandId: uuidV5(id, command), idempotent: true }, () =>
      runtime.commands.create(decider, command, data, id),
    );
  } catch (error) {
    // It was made before, perhaps otherwise.
    if (!(error instanceof Problem) || !['exists', 'key-reused', 'not-unique'].includes(error.code)) throw error;
  }
}

import { uuidV5, type Decider } from '#model';
import { inContext, Problem, type RequestContext, type Runtime } from '#runtime';

/** A record that every tenant begins with: the command that makes it, and its id. */
export type Begin = { of: Decider<any, any>; id: string; command: string; data: unknown };

/** Makes what a tenant begins with. Each is made once; what is there, perhaps changed or removed since, stays as it is. */
export async function begin(
  runtime: Runtime,
  tenant: string,
  records: readonly Begin[],
  asSystem: (tenant: string) => RequestContext,
): Promise<void> {
  for (const { of, id, command, data } of records) {
    try {
      await inContext({ ...asSystem(tenant), commandId: uuidV5(id, command), idempotent: true }, () =>
        runtime.commands.create(of, command, data, id),
      );
    } catch (error) {
      if (!(error instanceof Problem) || !['exists', 'key-reused', 'not-unique'].includes(error.code)) throw error;
    }
  }
}

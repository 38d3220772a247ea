import type { Decider, State } from '#model';
import type { Permissions } from './context.ts';
import { ownerOf, within } from './ownership.ts';

/** Whether the caller may read a record: otherwise it is as good as absent (404). A record without an owner is everybody's in its tenant. */
export function visible(permissions: Permissions, of: State<any> | Decider<any, any>, loaded: { state: unknown }): boolean {
  const reach = permissions.may('read', of.kind);
  return reach !== undefined && within(reach, ownerOf(of, loaded.state));
}

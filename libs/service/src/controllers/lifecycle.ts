import { act, type Decider } from '#model';

/** Nothing need be said to remove or restore a record. */
export class RemoveRecord {}
export class RestoreRecord {}

const made = new WeakMap<object, Decider<any, any>>();

/** A decider with the acts that every kind of record has: into the recycle list and out of it, each the other's undoing. Its own come first. */
export function withLifecycle(of: Decider<any, any>): Decider<any, any> {
  let full = made.get(of);
  if (!full) {
    const { removed, restored } = of.how.lifecycle;
    const commands = {
      remove: act(RemoveRecord, () => removed({}), { ability: 'remove', undo: 'restore' }),
      restore: act(RestoreRecord, () => restored({}), { ability: 'remove', undo: 'remove', onRemoved: true }),
      ...of.commands,
    };
    made.set(of, (full = { ...of, commands }));
  }
  return full;
}

import type { ReadModels, Write } from '#engines/read-models';
import type { Reaction, Recorded, StoredEvent } from '#model';
import { TODOS } from './storage.ts';

/** What a reaction wants done, and when. `done`: dropped or settled; kept so that a late event cannot revive it. */
export type Todo = {
  reaction: string;
  stream: string;
  kind: string;
  recordId: string;
  command: string;
  data: unknown;
  at: string;
  done: boolean;
  eventId: string;
};

const DAY = 86_400_000;
/** Where finished entries sort: never due. */
export const NEVER = '9999-12-31T00:00:00.000Z';

/**
 * Plans of a batch. Entries belong to one stream and are guarded by its revision. Events recorded before the reaction's `since`, or more than a
 * day after they occurred, plan nothing: so neither a replay nor an import of history sends anything.
 */
export async function todoWrites(
  models: ReadModels,
  reactions: Reaction[],
  opened: { stored: StoredEvent; recorded: Recorded | undefined }[],
  _now: number,
): Promise<Write[]> {
  const wanted: { tenant: string; id: string; revision: number; doc: Todo }[] = [];
  for (const reaction of reactions) {
    for (const { stored, recorded } of opened) {
      const handler = reaction.handlers.find((one) => one.event.type === stored.type);
      if (!handler || !recorded || stored.recordedAt.slice(0, 10) < reaction.since) continue;
      if (!reaction.past && Date.parse(stored.recordedAt) - Date.parse(stored.occurredAt) > DAY) continue;
      if ('drop' in handler && handler.drop) {
        const id = `${reaction.name}|${handler.drop(recorded)}`;
        wanted.push({
          tenant: stored.tenant,
          id,
          revision: stored.revision,
          doc: {
            reaction: reaction.name,
            stream: stored.stream,
            kind: '',
            recordId: '',
            command: '',
            data: null,
            at: NEVER,
            done: true,
            eventId: stored.id,
          },
        });
        continue;
      }
      const planned = 'plan' in handler && handler.plan ? handler.plan(recorded) : [];
      for (const todo of [planned ?? []].flat())
        wanted.push({
          tenant: stored.tenant,
          id: `${reaction.name}|${todo.key}`,
          revision: stored.revision,
          doc: {
            reaction: reaction.name,
            stream: stored.stream,
            kind: todo.of.kind,
            recordId: todo.id,
            command: todo.command,
            data: todo.data,
            at: todo.at || stored.occurredAt,
            done: false,
            eventId: stored.id,
          },
        });
    }
  }
  if (wanted.length === 0) return [];
  const kept = await models.load(
    TODOS,
    wanted.map(({ tenant, id }) => ({ tenant, id })),
  );
  const latest = new Map<string, Write>();
  for (const [index, { tenant, id, revision, doc }] of wanted.entries()) {
    const stored = kept[index];
    if (stored && stored.doc.stream === doc.stream && stored.revision >= revision) continue;
    latest.set(`${tenant}|${id}`, { collection: TODOS, tenant, id, expected: stored?.version ?? 0, revision, doc });
  }
  return [...latest.values()];
}

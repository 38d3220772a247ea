import { act, create, decider, fold, on, parseRef, reject, same, start, type Id, type Instant } from '#model';
import { ActivityChanged, ActivityCompleted, ActivityRecorded, ActivityReopened, type ACTIVITY_KINDS } from '#events/contacts/activity';
import { cleanText } from '#records';
import { ChangeActivity, CompleteActivity, RecordActivity, ReopenActivity } from './activity.commands.ts';

export type Activity = {
  kind: (typeof ACTIVITY_KINDS)[number];
  about: string[];
  contactId?: Id;
  ownerId: Id;
  subject: string;
  body?: string;
  dueAt?: Instant;
  done: boolean;
};

const evolve = fold<Activity>(
  start(ActivityRecorded, (e) => ({ ...e.data, done: e.data.kind !== 'task' })),
  on(ActivityChanged, (activity, { data: { contactId: _, ...changes } }) => {
    const next: Record<string, unknown> = { ...activity };
    for (const [field, change] of Object.entries(changes)) {
      if (change?.to === undefined) delete next[field];
      else next[field] = change.to;
    }
    return {
      ...activity,
      ...next,
      subject: (next.subject as string | undefined) ?? '',
      body: next.body as string | undefined,
      dueAt: next.dueAt as string | undefined,
    };
  }),
  on(ActivityCompleted, (activity) => ({ ...activity, done: true })),
  on(ActivityReopened, (activity) => ({ ...activity, done: false })),
);

/** Notes, calls, meetings, messages and tasks: a task is an activity that is not done yet. */
export const activity = decider(
  'contacts.activity',
  evolve,
  {
    record: create(
      RecordActivity,
      (command, { actor }) => {
        const contactId = command.contactId ?? command.about.map(parseRef).find(({ kind }) => kind === 'contacts.contact')?.id;
        const dueAt = command.dueAt ? new Date(command.dueAt).toISOString() : undefined;
        return ActivityRecorded({ ownerId: actor, ...command, contactId, dueAt, subject: cleanText(command.subject) });
      },
      { undo: 'remove' },
    ),

    change: act(
      ChangeActivity,
      (activity, patch) => {
        const changes: Record<string, { from?: unknown; to?: unknown }> = {};
        for (const [field, value] of Object.entries(patch)) {
          const [from, to] = [
            activity[field as keyof Activity],
            value === null ? undefined : field === 'dueAt' ? new Date(value as string).toISOString() : value,
          ];
          if (value !== undefined && !same(from, to)) changes[field] = { from, to };
        }
        return Object.keys(changes).length === 0
          ? []
          : ActivityChanged({ contactId: activity.contactId, ...changes } as Parameters<typeof ActivityChanged>[0]);
      },
      { undo: 'change' },
    ),

    complete: act(CompleteActivity, (activity) => (activity.done ? [] : ActivityCompleted({ done: true })), { undo: 'reopen' }),
    reopen: act(
      ReopenActivity,
      (activity) => {
        if (activity.kind !== 'task') return reject('only-tasks-reopen', { kind: activity.kind });
        return activity.done ? ActivityReopened({ done: false }) : [];
      },
      { undo: 'complete' },
    ),
  },
  {
    about: (activity) => activity.about,
    inverse: {
      [ActivityChanged.type]: ({ contactId: _, ...changes }) => ({
        command: 'change',
        data: Object.fromEntries(
          Object.entries(changes as Record<string, { from?: unknown }>).map(([field, { from }]) => [field, from ?? null]),
        ),
      }),
      [ActivityCompleted.type]: () => ({ command: 'reopen', data: {} }),
      [ActivityReopened.type]: () => ({ command: 'complete', data: {} }),
    },
  },
);

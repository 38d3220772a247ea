import { Flag, foldEvents, Id, Instant, List, on, Optional, projection, Ref, start, Text } from '#model';
import { ActivityChanged, ActivityCompleted, ActivityKind, ActivityRecorded, ActivityReopened } from '#events/contacts/activity';
import { activity } from './activity.ts';

/** An activity as lists and the 360° view show it. */
export const activityRow = projection(
  'contacts.activity-row',
  {
    id: Id,
    kind: ActivityKind,
    about: List(Text),
    contactId: Optional(Ref('contacts.contact')),
    ownerId: Ref('workspace.user'),
    subject: Text,
    body: Optional(Text),
    dueAt: Optional(Instant),
    done: Flag,
    at: Instant,
  },
  {
    version: 1,
    access: 'owner',
    indexes: [['about'], ['ownerId', 'done', 'dueAt'], ['kind', 'at'], ['done', 'dueAt'], ['at'], ['dueAt'], ['contactId', 'at']],
    words: ['subject', 'body'],
  },
  start(ActivityRecorded, (e) => ({ ...e.data, id: e.recordId, done: e.data.kind !== 'task', at: e.at })),
  on(ActivityChanged, (row, e) => ({ ...row, ...foldEvents(activity.evolve, row, [e]) })),
  on(ActivityCompleted, (row) => ({ ...row, done: true })),
  on(ActivityReopened, (row) => ({ ...row, done: false })),
);

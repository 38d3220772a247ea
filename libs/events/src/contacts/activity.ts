import { changed, defineEvent, Flag, Instant, lifecycle, List, OneOf, Optional, personal, Ref, Text } from '#model';

export const ACTIVITY_KINDS = ['note', 'call', 'meeting', 'message', 'task'] as const;
export const ActivityKind = OneOf(...ACTIVITY_KINDS);

/** `about`: record names of any kind; `contactId` the person whose data the text is. */
const fields = {
  kind: ActivityKind,
  about: List(Text),
  contactId: Optional(Ref('contacts.contact')),
  ownerId: Ref('workspace.user'),
  subject: personal(Text, 'contactId'),
  body: Optional(personal(Text, 'contactId')),
  dueAt: Optional(Instant),
  done: Flag,
};
const { kind: _kind, contactId: _contact, done: _done, ...changeable } = fields;

export const ActivityRecorded = defineEvent('contacts.activity.recorded', fields);
/** The person a changed text belongs to is the one it was recorded under; named again, so that it is sealed alike. */
export const ActivityChanged = changed('contacts.activity.changed', { ...changeable, subject: personal(Text), body: Optional(personal(Text)) });
export const ActivityCompleted = defineEvent('contacts.activity.completed', {});
export const ActivityReopened = defineEvent('contacts.activity.reopened', {});
export const [ActivityRemoved, ActivityRestored, ActivityErased] = lifecycle('contacts.activity');

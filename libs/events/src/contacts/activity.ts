import { defineEvent, Flag, Instant, lifecycle, List, OneOf, Optional, personal, Ref, Struct, Text } from '#model';

export const ACTIVITY_KINDS = ['note', 'call', 'meeting', 'message', 'task'] as const;
export const ActivityKind = OneOf(...ACTIVITY_KINDS);

/** `about`: record names of any kind. The text is sealed under the contact it is about, else under the activity itself. */
export const ActivityRecorded = defineEvent('contacts.activity.recorded', {
  kind: ActivityKind,
  about: List(Text),
  contactId: Optional(Ref('contacts.contact')),
  ownerId: Ref('workspace.user'),
  subject: personal(Text, 'contactId'),
  body: Optional(personal(Text, 'contactId')),
  dueAt: Optional(Instant),
});

const change = <S extends typeof Text>(schema: S) => Optional(Struct({ from: Optional(schema), to: Optional(schema) }));
/** Names the contact again, so that what was changed is sealed under the same key as what was recorded. */
export const ActivityChanged = defineEvent('contacts.activity.changed', {
  contactId: Optional(Ref('contacts.contact')),
  subject: Optional(personal(Struct({ from: Optional(Text), to: Optional(Text) }), 'contactId')),
  body: Optional(personal(Struct({ from: Optional(Text), to: Optional(Text) }), 'contactId')),
  about: Optional(Struct({ from: List(Text), to: List(Text) })),
  dueAt: change(Instant),
  ownerId: Optional(Struct({ from: Ref('workspace.user'), to: Ref('workspace.user') })),
});
export const ActivityCompleted = defineEvent('contacts.activity.completed', { done: Flag });
export const ActivityReopened = defineEvent('contacts.activity.reopened', { done: Flag });
export const [ActivityRemoved, ActivityRestored, ActivityErased] = lifecycle('contacts.activity');

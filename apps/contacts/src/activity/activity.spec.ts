import { spec, viewSpec } from '#testing';
import { ActivityChanged, ActivityCompleted, ActivityRecorded } from '#events/contacts/activity';
import { activity } from './activity.ts';
import { activityRow } from './activity-row.ts';

const given = spec(activity);
const about = ['contacts.contact/0193b1a0-0000-7000-8000-000000000001', 'sales.opportunity/0193b1a0-0000-7000-8000-000000000002'];
const contactId = '0193b1a0-0000-7000-8000-000000000001';
const task = ActivityRecorded({ kind: 'task', about, contactId, ownerId: 'ann', subject: 'Call back' });

it('belongs to the first contact it is about', () => given().when('record', { kind: 'task', about, subject: ' Call  back ' }).then(task));
it('is completed once', () => {
  given(task)
    .when('complete', {})
    .then(ActivityCompleted({ done: true }));
  given(task, ActivityCompleted({ done: true }))
    .when('complete', {})
    .then();
});
it('only tasks are opened again', () =>
  given(ActivityRecorded({ kind: 'note', about, ownerId: 'ann', subject: 'x' }))
    .when('reopen', {})
    .thenRejected('only-tasks-reopen'));
it('changes name the contact whose text it is', () =>
  given(task)
    .when('change', { subject: 'Call Ann' })
    .then(ActivityChanged({ contactId, subject: { from: 'Call back', to: 'Call Ann' } })));
it('shows what was changed', () =>
  viewSpec(activityRow)(
    task,
    ActivityChanged({ contactId, subject: { from: 'Call back', to: 'Call Ann' } }),
    ActivityCompleted({ done: true }),
  ).then({
    id: 'r1',
    kind: 'task',
    about,
    contactId,
    ownerId: 'ann',
    subject: 'Call Ann',
    done: true,
    at: '2026-03-02T09:00:00.000Z',
  }));

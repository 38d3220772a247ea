import { CLOUD_EVENT_ATTRIBUTES, cloudEventAttributes, cloudEventData, fromCloudEvent } from './cloud-event.ts';
import type { StoredEvent } from './stored.ts';

const event: StoredEvent = {
  id: '5f0c',
  type: 'contacts.contact.created',
  schemaVersion: 2,
  tenant: 'acme',
  stream: 'contacts.contact/c1',
  revision: 1,
  position: 12,
  recordedAt: '2026-03-02T10:00:00.000Z',
  occurredAt: '2026-03-01T10:00:00.000Z',
  actor: 'ann',
  commandId: 'k1',
  bodyHash: 'b1',
  correlationId: 'k1',
  causationId: 'k1',
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  about: ['contacts.contact/c1', 'contacts.account/a1'],
  data: { source: 'fair' },
  sealed: { 'contacts.contact/c1': 'AAAA' },
  hash: 'h1',
};
const there = (of: StoredEvent, wrong: Record<string, string | undefined> = {}) => {
  const attributes = { ...cloudEventAttributes(of), ...wrong };
  return (name: string) => (attributes[name] === undefined ? undefined : String(attributes[name]));
};
const back = (of: StoredEvent) => fromCloudEvent(there(of), cloudEventData(of));

it('gives back the event it was made of', () => expect(back(event)).toEqual(event));
it('gives back one without sealed parts and without a trace', () => {
  const { sealed: _, ...bare } = { ...event, traceparent: '' };
  expect(back(bare)).toEqual(bare);
});
it('says what each attribute means', () => expect(Object.keys(CLOUD_EVENT_ATTRIBUTES)).toEqual(Object.keys(cloudEventAttributes(event))));
it('names attributes as CloudEvents allows: lower case and digits, twenty at most', () =>
  expect(Object.keys(cloudEventAttributes(event)).filter((name) => !/^[a-z0-9]{1,20}$/.test(name))).toEqual([]));
it.each([
  ['id', { id: undefined }],
  ['revision', { revision: '0' }],
  ['position', { position: 'twelve' }],
  ['dataschema', { dataschema: '/schemas/none' }],
])('says that its %s is not right, and not what it is', (name, wrong) => {
  expect(() => fromCloudEvent(there(event, wrong), {})).toThrow(name);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVaultFile, type Vault } from '#engines/vault';
import {
  changed,
  defineEvent,
  hashOf,
  List,
  Optional,
  personal,
  Ref,
  Struct,
  Text,
  type EventType,
  type JsonObject,
  type StoredEvent,
} from '#model';
import { ErasedPerson, openSealer } from '#privacy';

const Wrote = defineEvent('sealing.note.wrote', {
  title: Text,
  body: personal(Text, 'contactId'),
  contactId: Optional(Ref('sealing.person')),
  phones: List(Struct({ kind: Text, number: personal(Text) })),
});
const Changed = changed('sealing.note.changed', { body: personal(Text), title: Text });

let dir: string;
let vault: Vault;
let now = 1_000_000;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rapport-seal-'));
  vault = openVaultFile(join(dir, 'vault.db'), { masterKey: Buffer.alloc(32, 1) });
});
afterEach(async () => {
  await vault.close();
  rmSync(dir, { recursive: true });
});

const data = { title: 'Call', body: 'she moves to Sofia', contactId: 'p1', phones: [{ kind: 'work', number: '+359 2 000' }] };
async function stored(
  sealer: ReturnType<typeof openSealer>,
  type: EventType<any, any>,
  value: JsonObject,
  id = 'e1',
): Promise<StoredEvent> {
  const sealed = await sealer.seal('t', 'sealing.note/n1', type, id, value);
  const body = {
    id,
    type: type.type,
    schemaVersion: 1,
    tenant: 't',
    stream: 'sealing.note/n1',
    revision: 1,
    recordedAt: '',
    occurredAt: '',
    actor: 'a',
    commandId: '',
    bodyHash: '',
    correlationId: '',
    causationId: '',
    traceparent: '',
    about: [],
    ...sealed,
  };
  return { ...body, position: 1, hash: hashOf(body, '') };
}

it('stores nothing personal in the open and gives it back whole', async () => {
  const sealer = openSealer({ vault, clock: () => now });
  const event = await stored(sealer, Wrote, data);
  expect(Object.keys(event.sealed!)).toEqual(['sealing.person/p1', 'sealing.note/n1']);
  expect(event.data).toEqual({ title: 'Call', contactId: 'p1', phones: [{ kind: 'work' }] });
  expect((await sealer.unseal('t', [event]))[0]!.data).toEqual(data);
});

it('seals both sides of a change', async () => {
  const sealer = openSealer({ vault, clock: () => now });
  const event = await stored(sealer, Changed, { body: { from: 'old', to: 'new' }, title: { to: 'T' } });
  expect(event.data).toEqual({ title: { to: 'T' } });
  expect((await sealer.unseal('t', [event]))[0]!.data).toEqual({ body: { from: 'old', to: 'new' }, title: { to: 'T' } });
});

it('reads an erased person as empty, and refuses to write about them', async () => {
  const sealer = openSealer({ vault, clock: () => now });
  const event = await stored(sealer, Wrote, data);
  await vault.destroy('t', ['sealing.person/p1'], '2026-01-01T00:00:00.000Z');
  expect((await sealer.unseal('t', [event]))[0]!.data.body).toBe(data.body);
  now += 60_001;
  const [read] = await sealer.unseal('t', [event]);
  expect(read).toMatchObject({ erased: true, data: { title: 'Call', body: '', phones: data.phones } });
  await expect(stored(sealer, Wrote, data, 'e2')).rejects.toThrow(ErasedPerson);
});

it('without a grant a part reads as empty, but not as erased', async () => {
  const event = await stored(openSealer({ vault, clock: () => now }), Wrote, data);
  const [read] = await openSealer({ vault, clock: () => now, grant: 'none' }).unseal('t', [event]);
  expect(read!.data.body).toBe('');
  expect(read!.erased).toBeUndefined();
});

it('notices a part that was altered or moved to another event', async () => {
  const sealer = openSealer({ vault, clock: () => now });
  const event = await stored(sealer, Wrote, data);
  await expect(sealer.unseal('t', [{ ...event, id: 'e9' }])).rejects.toThrow();
  const bytes = Buffer.from(event.sealed!['sealing.person/p1']!, 'base64');
  bytes[20]! ^= 1;
  await expect(sealer.unseal('t', [{ ...event, sealed: { 'sealing.person/p1': bytes.toString('base64') } }])).rejects.toThrow();
});

it('gives equal fingerprints to equal values of one tenant only', async () => {
  const sealer = openSealer({ vault, clock: () => now });
  const [a, b, other] = [
    await sealer.fingerprint('t', 'f', 'x'),
    await sealer.fingerprint('t', 'f', 'x'),
    await sealer.fingerprint('u', 'f', 'x'),
  ];
  expect([a === b, a === other]).toEqual([true, false]);
});

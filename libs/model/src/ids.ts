import { createHash, randomFillSync } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
export const isUuid = (text: unknown): text is string => typeof text === 'string' && UUID.test(text);

/** A UUID of version 7 (RFC 9562): ids made later sort later, so that keys stay ordered in time. */
export function newUuidV7(now: number, random?: Uint8Array): string {
  const bytes = Buffer.alloc(16);
  if (random) bytes.set(random.subarray(0, 10), 6);
  else randomFillSync(bytes, 6);
  bytes.writeUIntBE(now, 0, 6);
  return format(bytes, 0x70);
}

/** A UUIDv7 of a moment whose remainder follows from a name: the same moment and name give the same id, and ids of one batch sort together. */
export const uuidV7From = (now: number, name: string): string => newUuidV7(now, createHash('sha256').update(name).digest());

/** A UUID that follows from a namespace and a name, as version 5 (RFC 9562) does it; any text may be the namespace. */
export function uuidV5(namespace: string, name: string): string {
  return format(createHash('sha1').update(namespace).update('\u0000').update(name).digest().subarray(0, 16), 0x50);
}

/** A record's name within its tenant: `contacts.contact/<id>`. */
export const refName = <I extends string | undefined>(kind: string, id: I): I extends string ? string : string | undefined =>
  (id === undefined ? undefined : `${kind}/${id}`) as I extends string ? string : string | undefined;

/** As `refName`; what `about` of a decider is written with. An absent id gives nothing. */
export const ref = (kind: string, id: string | undefined | null): string | undefined => (id ? `${kind}/${id}` : undefined);

export function parseRef(name: string): { kind: string; id: string } {
  const slash = name.indexOf('/');
  return { kind: name.slice(0, slash), id: name.slice(slash + 1) };
}

function format(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | version;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

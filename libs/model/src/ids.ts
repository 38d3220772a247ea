import { hash } from 'node:crypto';
import { randomOf } from './random.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
export const isUuid = (text: unknown): text is string => typeof text === 'string' && UUID.test(text);

/** A UUID of version 7 (RFC 9562): ids made later sort later, so that keys stay ordered in time. */
export const newUuidV7 = (now: number): string => ofMoment(now, randomOf(10).toString('hex'));

/** A UUIDv7 of a moment whose remainder follows from a name: the same moment and name give the same id, and ids of one batch sort together. */
export const uuidV7From = (now: number, name: string): string => ofMoment(now, hash('sha256', name));

/** A UUID that follows from a namespace and a name, as version 5 (RFC 9562) does it; any text may be the namespace. */
export function uuidV5(namespace: string, name: string): string {
  return format(hash('sha1', `${namespace}\u0000${name}`), '5');
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

const ofMoment = (now: number, rest: string) => format(now.toString(16).padStart(12, '0') + rest, '7');

/** @param hex at least 32 digits, of which the version and the variant's two bits are set */
function format(hex: string, version: string): string {
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * The streams of a log begin so. KurrentDB takes what stands before the first hyphen for a category, which is thus `rapport.<log>`; `$all` is
 * filtered by it.
 */
export function prefixOf(log: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(log)) throw new RangeError(`"${log}" cannot name a log in KurrentDB: small letters, digits and _ only`);
  return `rapport.${log}-`;
}

/** A stream as KurrentDB names it. A tenant's name has no / of its own in it. */
export const streamNameOf = (prefix: string, tenant: string, stream: string): string => `${tenantPrefix(prefix, tenant)}${stream}`;
export const tenantPrefix = (prefix: string, tenant: string): string => `${prefix}${encodeURIComponent(tenant)}/`;

/** The tenant and the stream that a name of ours stands for. */
export function placeOf(prefix: string, streamName: string): { tenant: string; stream: string } {
  const rest = streamName.slice(prefix.length);
  const slash = rest.indexOf('/');
  return { tenant: decodeURIComponent(rest.slice(0, slash)), stream: rest.slice(slash + 1) };
}

/**
 * The id an event is appended under, made of its hash and thus of all it says: the same append sent twice is written once, and another one in its place
 * (by a second process that decided on the same command, say) is a conflict. An id that came from the command alone would hide that one.
 */
export function idOf(hash: string): string {
  const variant = ((parseInt(hash[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

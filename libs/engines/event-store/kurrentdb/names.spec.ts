import { idOf, placeOf, prefixOf, streamNameOf, tenantPrefix } from './names.ts';
import { positionOf } from './reader.ts';

describe('names in KurrentDB', () => {
  it.each([
    ['acme', 'sales.opportunity/0193'],
    ['a/b-c', 'sales.opportunity/x/y'],
    ['Łódź & co', 'contacts.unique-contact/ab=='],
  ])('stand for tenant %s and stream %s', (tenant, stream) => {
    const prefix = prefixOf('sales');
    const name = streamNameOf(prefix, tenant, stream);
    expect(placeOf(prefix, name)).toEqual({ tenant, stream });
    expect(name.startsWith(tenantPrefix(prefix, tenant))).toBe(true);
  });

  it('make the log the category, and begin none of them with another', () => {
    expect(streamNameOf(prefixOf('sales'), 'acme', 'sales.opportunity/1').split('-')[0]).toBe('rapport.sales');
    expect(prefixOf('sales_old').startsWith(prefixOf('sales'))).toBe(false);
    expect(() => prefixOf('sales-old')).toThrow(RangeError);
  });

  it('give an event an id of all it says', () => {
    const hash = '0123456789abcdef'.repeat(4);
    expect(idOf(hash)).toBe('01234567-89ab-8def-8123-456789abcdef');
    expect(idOf(`f${hash.slice(1)}`)).not.toBe(idOf(hash));
  });
});

describe('positions in KurrentDB', () => {
  const at = (prepare?: bigint) => ({ streamId: 's', revision: 0n, position: prepare === undefined ? undefined : { prepare } });
  it('are numbers as they are there', () => expect(positionOf(at(9007199254740991n))).toBe(Number.MAX_SAFE_INTEGER));
  it.each([undefined, 9007199254740992n, 18446744073709551615n])('are never rounded: %s', (position) =>
    expect(() => positionOf(at(position))).toThrow(RangeError),
  );
});

import type { Permissions, Problem } from '#runtime';
import { commandIdOf, contextOf } from './request-context.ts';

const permissions: Permissions = { may: () => ({ all: true }), why: () => '', hidden: () => [] };
const caller = { tenant: 'acme', actor: 'ann', permissions };
const read = (headers: Record<string, string>) => contextOf(caller, 'POST /api/v1/contacts', headers);
const refused = (headers: Record<string, string>) => {
  try {
    read(headers);
  } catch (error) {
    return (error as Problem).more.fields?.[0]?.field;
  }
  return undefined;
};

it('makes the same command of the same key, and another of any difference', () => {
  const key = read({ 'idempotency-key': 'k1' });
  expect(key).toMatchObject({ idempotent: true, commandId: read({ 'idempotency-key': 'k1' }).commandId });
  expect(key.commandId).toMatch(/^[0-9a-f-]{36}$/);
  const others = [
    commandIdOf('other', 'ann', 'POST /api/v1/contacts', 'k1'),
    commandIdOf('acme', 'bob', 'POST /api/v1/contacts', 'k1'),
    commandIdOf('acme', 'ann', 'POST /api/v1/accounts', 'k1'),
    read({ 'idempotency-key': 'k2' }).commandId,
    read({}).commandId,
  ];
  expect(new Set([key.commandId, ...others]).size).toBe(6);
});

it('does not confuse where one part ends and the next begins', () =>
  expect(commandIdOf('a', 'b', 'c', 'd')).not.toBe(commandIdOf('a', 'bc', '', 'd')));

it('reads If-Match strictly', () => {
  expect(read({ 'if-match': '"4"' }).ifMatch).toBe(4);
  expect(read({ 'if-match': '*' }).ifMatch).toBeUndefined();
  for (const bad of ['4', 'W/"4"', '"4", "5"', '"x"', '', '"-1"', '"9999999999999999"'])
    expect(refused({ 'if-match': bad })).toBe('If-Match');
});

it('reads when it happened, with its offset, on a day that exists', () => {
  expect(read({ 'rapport-occurred-at': '2026-03-01T09:30:00+01:00' }).occurredAt).toBe('2026-03-01T08:30:00.000Z');
  for (const bad of [
    '2026-03-01',
    '2026-03-01T09:30:00',
    '2026-02-30T09:30:00Z',
    'yesterday',
    '2026-13-01T00:00:00Z',
    '2026-03-01T25:00:00Z',
  ])
    expect(refused({ 'rapport-occurred-at': bad })).toBe('Rapport-Occurred-At');
});

it('refuses keys that are empty, too long or not printable', () => {
  for (const bad of ['', 'a'.repeat(201), 'a b', 'ä', 'a\u0000'])
    expect(refused({ 'idempotency-key': bad })?.toLowerCase()).toBe('idempotency-key');
});

it('reads positions and correlations', () => {
  expect(read({ 'rapport-after': 'sales:0:12' }).after).toEqual({ log: 'sales', partition: 0, position: 12 });
  expect(refused({ 'rapport-after': 'sales' })).toBe('Rapport-After');
  expect(refused({ 'rapport-correlation': 'x' })).toBe('Rapport-Correlation');
});

it('goes on with a trace, and begins one when there is none or it is malformed', () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  expect(read({ traceparent: `00-${id}-00f067aa0ba902b7-01` }).traceparent).toMatch(
    new RegExp(`^00-${id}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`),
  );
  for (const bad of [undefined, 'x', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`])
    expect(read(bad ? { traceparent: bad } : {}).traceparent).toMatch(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-00$/);
});

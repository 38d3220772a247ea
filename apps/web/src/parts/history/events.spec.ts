import { readdirSync } from 'node:fs';
import { lookOf, partsOf } from './events.ts';

/** Every event of every service has a golden fixture; these never leave their service, and no history shows them. */
const INTERNAL = [
  'workspace.api-key.issued',
  'workspace.api-key.revoked',
  'workspace.user.password-set',
  'workspace.user.invitation-sealed',
];
const TYPES = readdirSync(new URL('../../../../../libs/events/fixtures', import.meta.url)).map((file) => file.replace(/\.v\d+\.json$/, ''));

it('knows every event there is', () =>
  expect(TYPES.filter((type) => !INTERNAL.includes(type) && lookOf(type).icon === 'dashed')).toEqual([]));
it('says of a type which kind of record it is of, and what happened', () =>
  expect(partsOf('workspace.user.invitation-withdrawn')).toEqual({ kind: 'workspace.user', act: 'invitation-withdrawn' }));

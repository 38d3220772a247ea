import { endsSession, faultOf, unreachable } from './faults.ts';

const server = (code: string) => Object.assign(new Error('in the words of the server, with a value in them'), { code, severity: 'ERROR' });
const node = (code: string) => Object.assign(new Error('in the words of the system'), { code });

it.each([
  ['a full disk', server('53100'), 'refused', 'the disk of PostgreSQL is full'],
  ['a standby', server('25006'), 'refused', 'this PostgreSQL is read-only: a standby, or set so'],
  ['a statement that took too long', server('57014'), 'refused', 'PostgreSQL took too long'],
  ['a damaged page', server('XX001'), 'damaged', 'a page of PostgreSQL is damaged'],
  ['an error it has no sentence for', server('22P02'), 'refused', 'PostgreSQL answered with error 22P02'],
  ['a session that is ended', server('57P01'), 'lost', 'PostgreSQL ended the session'],
  ['a server that crashes', server('57P02'), 'lost', 'PostgreSQL ended the session'],
  ['a broken connection', node('ECONNRESET'), 'lost', 'the connection to PostgreSQL was lost'],
  ['a code of the system that looks like one of the server', node('EPIPE'), 'lost', 'the connection to PostgreSQL was lost'],
  ['no answer', new Error('Query read timeout'), 'lost', 'the connection to PostgreSQL was lost'],
])('%s after something was sent', (_, error, kind, message) => expect(faultOf(error)).toMatchObject({ kind, message }));

it.each([
  ['nobody there', node('ECONNREFUSED'), 'PostgreSQL cannot be reached (ECONNREFUSED)'],
  ['a server that is starting', server('57P03'), 'PostgreSQL is starting or stopping'],
  ['too many sessions', server('53300'), 'PostgreSQL takes no more connections'],
])('%s before anything was sent', (_, error, message) => expect(unreachable(error)).toMatchObject({ kind: 'unreachable', message }));

it('uses no session again whose answer was lost, or that reached a server which cannot write', () =>
  expect(['57P01', '25006', '53100', '57014'].map((code) => endsSession(faultOf(server(code))))).toEqual([true, true, false, false]));

import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { instantOf, newUuidV7, randomOf, uuidV5 } from '#model';
import { invalid, parsePosition, Problem, type RequestContext } from '#runtime';
import type { Caller } from '../identity/authenticate.ts';
import { textProblem } from './json-body.ts';

/** The request's context, and the reply that views and commands add their headers to. Batches and bulk items have none. */
export type HttpContext = RequestContext & { reply?: FastifyReply };

const COMMANDS = '5b1f1f0e-93a5-5c0c-8e0e-6a3a5d2c7b10';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * Reads what a request brings besides its body.
 *
 * @param route method and path, without the query: the same key at another address is another command
 * @throws Problem 400 naming the header
 */
export function contextOf(caller: Caller, route: string, headers: IncomingHttpHeaders, reply?: FastifyReply): HttpContext {
  const key = headers['idempotency-key'] === undefined ? undefined : idempotencyKey(one(headers, 'idempotency-key'));
  const commandId = key === undefined ? newUuidV7(Date.now()) : commandIdOf(caller.tenant, caller.actor, route, key);
  return {
    tenant: caller.tenant,
    actor: caller.actor,
    permissions: caller.permissions,
    commandId,
    idempotent: key !== undefined,
    ifMatch: headers['if-match'] === undefined ? undefined : ifMatch(headers['if-match']),
    occurredAt:
      headers['rapport-occurred-at'] === undefined ? undefined : occurredAtOf(one(headers, 'rapport-occurred-at'), 'Rapport-Occurred-At'),
    correlationId: headers['rapport-correlation'] === undefined ? commandId : correlation(one(headers, 'rapport-correlation')),
    causationId: commandId,
    traceparent: traceparent(headers.traceparent),
    after: headers['rapport-after'] === undefined ? undefined : after(one(headers, 'rapport-after')),
    lane: 'interactive',
    reply,
  };
}

/** What makes a retry the same command. */
export function commandIdOf(tenant: string, actor: string, route: string, key: string): string {
  return uuidV5(COMMANDS, hash('sha256', JSON.stringify([tenant, actor, route, key])));
}

function idempotencyKey(key: string): string {
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw header('Idempotency-Key', 'is not 1 to 200 printable ASCII characters without spaces', 'a UUID');
  return key;
}

/** `"4"` is revision 4; `*` any revision of a record that exists, which every act demands anyway. */
function ifMatch(text: string): number | undefined {
  if (text.trim() === '*') return undefined;
  const revision = /^\s*"(\d{1,15})"\s*$/.exec(text)?.[1];
  if (revision === undefined) throw header('If-Match', text.includes('W/') ? 'is a weak tag' : 'is not one revision in quotes', '"4"');
  return Number(revision);
}

/** @throws Problem 400 naming `field` */
export function occurredAtOf(text: string, field: string): string {
  const at = instantOf(text);
  if (!at) throw header(field, 'is not a time with its offset', '2026-03-01T09:30:00+01:00');
  return at;
}

function correlation(text: string): string {
  if (!UUID.test(text)) throw header('Rapport-Correlation', 'is not a UUID', '0193c5b0-7e1a-7c3e-9d3f-2b6f0c1d4e5a');
  return text.toLowerCase();
}

function after(text: string) {
  const position = parsePosition(text);
  if (!position) throw header('Rapport-After', 'is not a position', 'the Rapport-Position of a former answer, such as sales:0:1204');
  return position;
}

/** The trace goes on under a span of ours; what is malformed begins a new one, as W3C wants it. */
function traceparent(given: string | string[] | undefined): string {
  const match = typeof given === 'string' ? TRACEPARENT.exec(given) : null;
  const valid = match && !/^0+$/.test(match[1]!) && !/^0+$/.test(match[2]!);
  const made = randomOf(valid ? 8 : 24).toString('hex');
  return valid ? `00-${match[1]}-${made}-${match[3]}` : `00-${made.slice(0, 32)}-${made.slice(32)}-00`;
}

function one(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
  if (textProblem(text)) throw header(name, 'holds control characters');
  return text;
}

const header = (name: string, problem: string, hint?: string): Problem =>
  invalid([hint ? { field: name, problem, hint } : { field: name, problem }]);

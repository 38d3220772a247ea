import { setTimeout as delay } from 'node:timers/promises';
import {
  AppendConsistencyViolationError,
  AppendRecordSizeExceededError,
  jsonEvent,
  MaxAppendSizeExceededError,
  TransactionMaxSizeExceededError,
  WrongExpectedVersionError,
  type CurrentStreamState,
  type JSONEventData,
  type KurrentDBClient,
} from '@kurrent/kurrentdb-client';
import type { StoredEvent } from '#model';
import { encodeAppends } from '../encode.ts';
import { APPEND_LIMIT, DamagedLog, TooLarge, WrongRevision, type Appended, type StreamAppend } from '../port.ts';
import { isAway, unavailable, within } from './connection.ts';
import { idOf, streamNameOf } from './names.ts';
import type { Reader } from './reader.ts';

/** One attempt; the client's own deadline is 10 s, and it is not kept for batches. */
const ANSWER_WITHIN = 30_000;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 1_000;

/** @param patienceMs how long an append whose answer was lost is tried again */
export type AppendOptions = { client: KurrentDBClient; prefix: string; reader: Reader; patienceMs: number };

/**
 * Appends, and says where: positions are read back, since KurrentDB's answer names but one. An append whose answer was lost is sent again to the letter,
 * which writes it once; when it is refused then, what stands there tells whether it was it.
 *
 * @throws WrongRevision, TooLarge, StoreUnavailable; see the port
 */
export async function append({ client, prefix, reader, patienceMs }: AppendOptions, appends: StreamAppend[]): Promise<Appended> {
  encodeAppends(appends); // for its checks
  const merged = perStream(appends);
  const requests = merged.map(({ tenant, stream, expected, events }) => ({
    streamName: streamNameOf(prefix, tenant, stream),
    expectedState: expected === 0 ? ('no_stream' as const) : BigInt(expected - 1),
    events: events.map(eventData),
  }));
  const send = (): Promise<unknown> =>
    requests.length === 1
      ? client.appendToStream(requests[0]!.streamName, requests[0]!.events, {
          streamState: requests[0]!.expectedState,
          requiresLeader: true,
        })
      : client.multiStreamAppend(requests);

  const until = performance.now() + patienceMs;
  let [inDoubt, isWritten] = [false, false];
  let refused: WrongRevision | undefined;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      if (refused && !(await areThere(reader, merged))) throw refused;
      if (!isWritten && !refused) await within(ANSWER_WITHIN, send());
      isWritten = true;
      return await positionsOf(reader, appends, merged);
    } catch (error) {
      const conflict = conflictOf(error, prefix, merged);
      if (isAway(error)) {
        inDoubt = true;
        if (performance.now() > until) throw unavailable(error, { inDoubt });
        await delay(pause);
      } else if (conflict && inDoubt) refused = conflict;
      else throw conflict ?? asTooLarge(error) ?? error;
    }
  }
}

/** KurrentDB takes a stream once per append. @throws WrongRevision when a second part does not follow on the first */
function perStream(appends: StreamAppend[]): StreamAppend[] {
  const found = new Map<string, StreamAppend>();
  for (const one of appends) {
    if (one.events.length === 0) throw new RangeError(`an append to ${one.stream} of no events`);
    const key = `${one.tenant}\u0000${one.stream}`;
    const former = found.get(key);
    if (!former) found.set(key, { ...one });
    else {
      const actual = former.expected + former.events.length;
      if (one.expected !== actual) throw new WrongRevision(one.tenant, one.stream, one.expected, actual);
      former.events = [...former.events, ...one.events];
    }
  }
  return [...found.values()];
}

/** The whole event is the data, as on every engine; no metadata, of which appends to several streams take only text. */
function eventData(event: Omit<StoredEvent, 'position'>): JSONEventData {
  const { position: _, ...data } = event as StoredEvent;
  return jsonEvent({ id: idOf(event.hash), type: event.type, data: data as Record<string, unknown> }) as JSONEventData;
}

/** The conflict, with the revision that was there; undefined when it is another error. */
function conflictOf(error: unknown, prefix: string, appends: StreamAppend[]): WrongRevision | undefined {
  const [streamName, actual] = conflictIn(error);
  const one = appends.find(({ tenant, stream }) => streamNameOf(prefix, tenant, stream) === streamName);
  return one && new WrongRevision(one.tenant, one.stream, one.expected, actual);
}

function conflictIn(error: unknown): [streamName: string | undefined, actual: number] {
  if (error instanceof WrongExpectedVersionError) return [error.streamName, revisionOf(error.actualState)];
  const [violation] = error instanceof AppendConsistencyViolationError ? error.violations : [];
  return violation ? [violation.streamName, revisionOf(violation.actualState)] : [undefined, 0];
}

/** KurrentDB counts from 0, we from 1. */
const revisionOf = (state: CurrentStreamState): number => (typeof state === 'bigint' ? Number(state) + 1 : 0);

function asTooLarge(error: unknown): TooLarge | undefined {
  if (error instanceof MaxAppendSizeExceededError) return new TooLarge(APPEND_LIMIT, error.maxAppendSize);
  if (error instanceof AppendRecordSizeExceededError || error instanceof TransactionMaxSizeExceededError)
    return new TooLarge(error.size, error.maxSize);
  return undefined;
}

/** Whether what stands in the streams is what was to be appended, all of it. */
async function areThere(reader: Reader, appends: StreamAppend[]): Promise<boolean> {
  const found = await Promise.all(
    appends.map(({ tenant, stream, expected, events }) => reader.readSome(tenant, stream, expected + 1, events.length)),
  );
  return appends.every(({ events }, at) => events.every(({ hash }, n) => found[at]![n]?.hash === hash));
}

async function positionsOf(reader: Reader, appends: StreamAppend[], merged: StreamAppend[]): Promise<Appended> {
  const placed = new Map<string, number>();
  const found = await Promise.all(
    merged.map(({ tenant, stream, expected, events }) => reader.readSome(tenant, stream, expected + 1, events.length)),
  );
  for (const event of found.flat()) placed.set(event.hash, event.position);
  const positions = appends.flatMap(({ tenant, stream, events }) =>
    events.map(({ hash, revision }) => {
      const position = placed.get(hash);
      if (position === undefined)
        throw new DamagedLog({
          tenant,
          stream,
          revision,
          position: 0,
          fault: 'unreadable',
          detail: 'appended, and not there when it was read back',
        });
      return position;
    }),
  );
  return { position: Math.max(...positions), positions };
}

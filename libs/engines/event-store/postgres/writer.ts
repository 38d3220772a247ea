import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresFault, type Connections } from '#engines/postgres';
import { countEvents, type EncodedAppend } from '../encode.ts';
import { groupCommit, TooManyWaiting, type Lane, type Outcome } from '../group-commit.ts';
import { StoreUnavailable, type Appended } from '../port.ts';
import { appendedAt, callOf, type Answer } from './call.ts';
import { unavailable } from './faults.ts';
import { logStatements } from './statements.ts';

/** The appending half of a log, in one of perhaps many processes. */
export interface LogWriter {
  /** @throws WrongRevision, StoreUnavailable; see the port */
  append(appends: EncodedAppend[], lane: Lane): Promise<Appended>;
  /** Waits for the appends under way. */
  close(): Promise<void>;
}

export type WriterOptions = {
  /** How long a lost answer is asked for again, in milliseconds. */
  patience: number;
  /** Hears of every durable append with the log's new head. */
  onWritten: (head: number) => void;
};

/** A call takes at most so many events; one larger than the share of text counts as several. */
const MOST_EVENTS = 512;
const CHARACTERS_PER_SHARE = 16_384;
/** What may wait for a server that is slower than its callers; more is refused, so that memory does not grow. */
const MOST_WAITING = 32 * MOST_EVENTS;
/** "No partition of relation found for row." */
const NO_PARTITION = '23514';
const AGAIN_AFTER = 100;

type Outcomes = Map<EncodedAppend[], Outcome<Appended>>;

export function postgresWriter(connections: Connections, schema: string, { patience, onWritten }: WriterOptions): LogWriter {
  const sql = logStatements(schema);
  const group = groupCommit<EncodedAppend[], Appended>({ commit, sizeOf, most: MOST_EVENTS, mostWaiting: MOST_WAITING });

  /** Writes a batch by one call. When its answer is lost, what was written is looked up, and only what certainly was not is sent again. */
  async function commit(batch: EncodedAppend[][]): Promise<Outcome<Appended>[]> {
    const outcomes: Outcomes = new Map();
    let until: number | undefined;
    for (let rest = batch; rest.length > 0; rest = batch.filter((appends) => !outcomes.has(appends))) {
      const call = randomUUID();
      try {
        const answers = await send(call, rest);
        rest.forEach((appends, i) => outcomes.set(appends, answers[i]!));
      } catch (error) {
        if (error instanceof PostgresFault && error.kind === 'lost') {
          until ??= performance.now() + patience;
          await settle(call, rest, until, outcomes);
          if (performance.now() < until) continue;
        }
        for (const appends of rest) if (!outcomes.has(appends)) outcomes.set(appends, { error: unavailable(error) });
      }
    }
    const positions = [...outcomes.values()].flatMap((outcome) => ('value' in outcome ? outcome.value.positions : []));
    if (positions.length > 0) onWritten(positions.reduce((most, position) => Math.max(most, position)));
    return batch.map((appends) => outcomes.get(appends)!);
  }

  /** A tenant's first append finds that there is no partition for it; nothing was written then. */
  async function send(id: string, batch: EncodedAppend[][]): Promise<Outcome<Appended>[]> {
    const call = callOf(id, batch);
    const statement = sql.append(call.values);
    const answers = await connections.send<Answer>(statement).catch(async (error: unknown) => {
      if (!(error instanceof PostgresFault && error.code === NO_PARTITION)) throw error;
      for (const tenant of call.tenants) await connections.send(sql.addTenant(tenant));
      return connections.send<Answer>(statement);
    });
    return call.outcomes(answers);
  }

  /** Finds out what became of a call whose answer was lost. From then on it has been committed or never will be, wherever its bytes still are. */
  async function settle(call: string, batch: EncodedAppend[][], until: number, outcomes: Outcomes): Promise<void> {
    for (;;) {
      try {
        await connections.send(sql.giveUp(call));
        return await lookUp(batch, outcomes);
      } catch (error) {
        if (performance.now() > until) {
          const message = 'the answer of PostgreSQL was lost: whether this was written is not known';
          for (const appends of batch) outcomes.set(appends, { error: new StoreUnavailable(message, { cause: error, inDoubt: true }) });
          return;
        }
        await sleep(AGAIN_AFTER);
      }
    }
  }

  /** An append is there, whole, when its first event is, byte for byte. */
  async function lookUp(batch: EncodedAppend[][], outcomes: Outcomes): Promise<void> {
    const firsts = batch.flatMap((appends) => {
      const first = appends.find(({ bodies }) => bodies.length > 0);
      return first ? [{ appends, body: first.bodies[0]!, tenant: first.tenant, stream: first.stream, revision: first.expected + 1 }] : [];
    });
    if (firsts.length === 0) return;
    for (const [n, position, body] of await connections.ask<[number, number, string]>(sql.events(firsts))) {
      const first = firsts[n - 1]!;
      if (body === first.body) outcomes.set(first.appends, { value: appendedAt(position, first.appends) });
    }
  }

  return {
    append: (appends, lane) =>
      group.add(appends, lane).catch((error: unknown) => {
        throw error instanceof TooManyWaiting ? new StoreUnavailable('PostgreSQL is slower than what it is asked to write') : error;
      }),
    close: () => group.idle(),
  };
}

/** In shares of a call: by events, or by text where that is more. */
function sizeOf(appends: EncodedAppend[]): number {
  let characters = 0;
  for (const { bodies } of appends) for (const body of bodies) characters += body.length;
  return Math.max(1, countEvents(appends), Math.ceil(characters / CHARACTERS_PER_SHARE));
}

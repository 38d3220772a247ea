import type { MessagePort } from 'node:worker_threads';
import type { Vault } from '../../vault/port.ts';
import { StoreUnavailable, type Appended } from '../port.ts';
import { errorOf, type News, type Request, type Requests } from './wire.ts';
import type { LogWriter } from './writer.ts';

/** One thread's way to the log thread. */
export interface LogClient {
  writer(log: string): LogWriter;
  /** Calls a method of something the thread holds besides logs. */
  call(target: string, method: string, args: unknown[]): Promise<unknown>;
}

const clients = new WeakMap<MessagePort, LogClient>();

/** The client that speaks through this port; the same one every time, so that several stores may share a port. */
export function clientOf(port: MessagePort): LogClient {
  const known = clients.get(port) ?? connect(port);
  clients.set(port, known);
  return known;
}

/** A vault held by the log thread, as if it were here. */
export function threadedVault(port: MessagePort): Vault {
  const { call } = clientOf(port);
  const method = <K extends keyof Vault>(name: K) => ((...args: unknown[]) => call('vault', name, args)) as Vault[K];
  return {
    keys: method('keys'),
    make: method('make'),
    destroy: method('destroy'),
    tombstones: method('tombstones'),
    tenantKey: method('tenantKey'),
    note: method('note'),
    notes: method('notes'),
    close: async () => {}, // the thread closes its file when it ends
  };
}

function connect(port: MessagePort): LogClient {
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<(head: number) => void>>();
  let outgoing: Requests = [];
  let lastId = 0;
  let ended = false;

  port.on('message', ({ answers, heads }: News) => {
    for (const answer of answers) {
      const waiting = pending.get(answer.id);
      pending.delete(answer.id);
      if ('error' in answer) waiting?.reject(errorOf(answer.error));
      else waiting?.resolve(answer.value);
    }
    for (const [log, head] of Object.entries(heads)) for (const listener of listeners.get(log) ?? []) listener(head);
    if (pending.size === 0) port.unref();
  });
  port.on('close', () => {
    ended = true;
    for (const { reject } of pending.values()) reject(new StoreUnavailable('the log thread has ended'));
    pending.clear();
  });
  port.unref(); // an idle port keeps no process alive

  /** Requests of one turn of the loop travel as one message. */
  function send(
    request: Omit<Extract<Request, { log: string }>, 'id'> | Omit<Extract<Request, { target: string }>, 'id'>,
  ): Promise<unknown> {
    if (ended) return Promise.reject(new StoreUnavailable('the log thread has ended'));
    const id = ++lastId;
    if (outgoing.length === 0) setImmediate(flush);
    outgoing.push({ ...request, id });
    if (pending.size === 0) port.ref();
    return new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
  }

  function flush() {
    port.postMessage(outgoing);
    outgoing = [];
  }

  return {
    call: (target, method, args) => send({ target, method, args }),
    writer(log) {
      const under = new Set<Promise<unknown>>();
      return {
        append(appends, lane) {
          const answer = send({ log, lane, appends }) as Promise<Appended>;
          const settled: Promise<unknown> = answer.catch(() => {}).finally(() => under.delete(settled)); // the caller hears of the error
          under.add(settled);
          return answer;
        },
        onAppended(listener) {
          const mine = listeners.get(log) ?? new Set();
          listeners.set(log, mine.add(listener));
          return () => void mine.delete(listener);
        },
        close: async () => void (await Promise.all(under)),
      };
    },
  };
}

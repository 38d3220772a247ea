/**
 * The thread that writes: the only one with writing connections to the logs and the vault of this process. Started by thread.ts. It runs from
 * source as well as from dist, so what it imports is relative and free of decorators.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { errorData, type Answer, type News, type Order, type Report, type Request, type Requests, type ThreadData } from './wire.ts';
import { openSqliteWriter, type LogWriter } from './writer.ts';

type Target = Record<string, (...args: unknown[]) => unknown>;

const data = workerData as ThreadData;
const starter = parentPort!;
const report = (message: Report) => starter.postMessage(message);

try {
  serve(openWriters(), await openTargets());
  report({ ready: true });
} catch (error) {
  report({ failed: errorData(error) });
  starter.close();
}

function openWriters(): Map<string, LogWriter> {
  const onFatal = (error: unknown) => report({ fatal: errorData(error) });
  return new Map(Object.entries(data.logs).map(([log, file]) => [log, openSqliteWriter(file, { ...data.options, onFatal })]));
}

/** What is called by name besides appending. */
async function openTargets(): Promise<Map<string, Target>> {
  if (data.vaultFile === undefined) return new Map();
  const { openVaultFile } = await import('../../vault/sqlite.ts');
  return new Map([['vault', openVaultFile(data.vaultFile, data.vaultOptions) as unknown as Target]]);
}

function serve(writers: Map<string, LogWriter>, targets: Map<string, Target>) {
  const outboxes = new Map<MessagePort, ReturnType<typeof outbox>>();
  for (const [log, writer] of writers) {
    writer.onAppended((head) => {
      for (const out of outboxes.values()) out.head(log, head);
    });
  }

  function connect(port: MessagePort) {
    const out = outbox(port);
    outboxes.set(port, out);
    port.on('close', () => outboxes.delete(port));
    port.on('message', (requests: Requests) => {
      for (const request of requests) {
        answer(request).then(
          (value) => out.answer({ id: request.id, value }),
          (error: unknown) => out.answer({ id: request.id, error: errorData(error) }),
        );
      }
    });
  }

  async function answer(request: Request): Promise<unknown> {
    if ('log' in request) {
      const writer = writers.get(request.log);
      if (!writer) throw new Error(`this thread has no log named ${request.log}`);
      return writer.append(request.appends, request.lane);
    }
    const target = targets.get(request.target);
    const method = target?.[request.method];
    if (typeof method !== 'function') throw new Error(`this thread has no ${request.target}.${request.method}`);
    return method.apply(target, request.args);
  }

  async function close() {
    for (const writer of writers.values()) await writer.close();
    for (const target of targets.values()) await target['close']?.();
    setImmediate(() => {
      for (const port of outboxes.keys()) port.close();
      starter.close();
    });
  }

  starter.on('message', (order: Order) => {
    if ('connect' in order) connect(order.connect);
    else void close();
  });
}

/** Gathers what one commit gives to a client and sends it as one message, before the next commit starts. */
function outbox(port: MessagePort) {
  let news: News | undefined;
  const next = (): News => {
    if (!news) {
      news = { answers: [], heads: {} };
      process.nextTick(() => {
        port.postMessage(news);
        news = undefined;
      });
    }
    return news;
  };
  return {
    answer: (answer: Answer) => void next().answers.push(answer),
    head: (log: string, head: number) => void (next().heads[log] = head),
  };
}

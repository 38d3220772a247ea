import type { MessagePort, Worker } from 'node:worker_threads';

type Call = { call: number; method: string; args: unknown[] };
type Answer = { answer: number; value?: unknown; error?: { name: string; message: string } };
type Methods = Record<string, (...args: any[]) => unknown>;

/** Answers calls of the thread at the other end by these methods. What is thrown crosses as name and message. */
export function answerCalls(port: MessagePort, methods: Methods): void {
  port.on('message', async (message: Partial<Call>) => {
    if (message.call === undefined) return;
    try {
      const method = methods[message.method!];
      if (!method) throw new RangeError(`this thread has no ${message.method}`);
      port.postMessage({ answer: message.call, value: await method(...message.args!) } satisfies Answer);
    } catch (error) {
      const { name, message: text } = error as Error;
      port.postMessage({ answer: message.call, error: { name, message: text } } satisfies Answer);
    }
  });
}

/** Calls methods of a thread. Calls under way fail when it ends. */
export function caller(thread: Worker): (method: string, ...args: unknown[]) => Promise<any> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  thread.on('message', (message: Partial<Answer>) => {
    if (message.answer === undefined) return;
    const call = waiting.get(message.answer);
    waiting.delete(message.answer);
    if (message.error) call?.reject(Object.assign(new Error(message.error.message), { name: message.error.name }));
    else call?.resolve(message.value);
  });
  thread.on('exit', () => {
    for (const call of waiting.values()) call.reject(new Error('the thread has ended'));
    waiting.clear();
  });
  return (method, ...args) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      thread.postMessage({ call: last, method, args } satisfies Call);
    });
}

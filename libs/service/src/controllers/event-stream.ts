import { once } from 'node:events';
import type { FastifyReply } from 'fastify';

/** Server-sent events on a reply: a comment every 20 s keeps proxies from ending it; a slow reader slows the writer, not the process. */
export function eventStream(reply: FastifyReply) {
  reply.hijack();
  const { raw } = reply;
  const streams = streamsOf(reply.server);
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  raw.write('retry: 2000\n\n');
  const beat = setInterval(() => raw.write(': still here\n\n'), 20_000);
  const closing: (() => void)[] = [];
  let closed = false;
  raw.once('close', () => {
    closed = true;
    clearInterval(beat);
    streams.delete(end);
    for (const close of closing) close();
  });
  const end = () => raw.end();
  streams.add(end);
  return {
    get closed() {
      return closed;
    },
    onClose: (listener: () => void) => void closing.push(listener),
    async send(message: { id?: string; event?: string; data: unknown }): Promise<void> {
      if (closed) return;
      const head = `${message.id === undefined ? '' : `id: ${message.id}\n`}${message.event === undefined ? '' : `event: ${message.event}\n`}`;
      if (!raw.write(`${head}data: ${JSON.stringify(message.data)}\n\n`)) await Promise.race([once(raw, 'drain'), once(raw, 'close')]);
    },
  };
}

const open = new WeakMap<object, Set<() => void>>();

function streamsOf(server: object): Set<() => void> {
  let streams = open.get(server);
  if (!streams) open.set(server, (streams = new Set()));
  return streams;
}

/** Ends every stream of a server, so that it can stop. Readers come back by themselves, elsewhere or later. */
export function endStreams(server: object): void {
  for (const end of streamsOf(server)) end();
}

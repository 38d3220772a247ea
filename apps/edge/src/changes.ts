import type { FastifyReply, FastifyRequest } from 'fastify';
import { eventStream } from '#service';

const AGAIN_AFTER = 2_000;

/** One stream of what moved in any service: each is listened to in the caller's name, and listened to again when it breaks off. */
export async function mergeChanges(services: Record<string, string>, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { authorization, 'rapport-as': as } = request.headers;
  const headers = { ...(authorization ? { authorization } : {}), ...(typeof as === 'string' ? { 'rapport-as': as } : {}) };
  const ended = new AbortController();
  const listen = (address: string) => fetch(new URL('/api/v1/changes', address), { headers, signal: ended.signal });
  const addresses = Object.values(services);
  const first = await Promise.all(addresses.map((address) => listen(address).catch(() => undefined)));
  const refused = first.find((answer) => answer && !answer.ok);
  if (refused) {
    ended.abort();
    return reply
      .code(refused.status)
      .headers({ 'content-type': refused.headers.get('content-type') ?? 'application/problem+json' })
      .send(await refused.text());
  }
  const stream = eventStream(reply);
  stream.onClose(() => ended.abort());
  await Promise.all(
    addresses.map(async (address, at) => {
      for (let answer = first[at]; !ended.signal.aborted; answer = await listen(address).catch(() => undefined)) {
        if (answer?.ok && answer.body)
          await relay(answer.body, stream).catch(() => undefined); // it broke off: listened to again below
        else await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
      }
    }),
  );
}

/** Passes on whole events, as they come. */
async function relay(body: ReadableStream<Uint8Array>, stream: ReturnType<typeof eventStream>): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of body) {
    const events = (rest + decoder.decode(part, { stream: true })).split('\n\n');
    rest = events.pop()!;
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      const name = /^event: (.*)$/m.exec(event)?.[1];
      if (data !== undefined && name !== undefined) await stream.send({ event: name, data: JSON.parse(data) as unknown });
    }
  }
}

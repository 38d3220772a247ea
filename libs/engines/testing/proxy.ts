import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be stopped up, in either direction, or cut. */
export type Proxy = {
  /** The same URL, by way of here. */
  url: string;
  /** While false, new connections are refused. */
  open: boolean;
  /** Keeps back what goes this way on the connections there are now, without anybody noticing: a cable that is cut far away. */
  hold(way: 'requests' | 'answers'): void;
  /** Resolves when so many bytes are kept back. */
  holds(bytes: number): Promise<void>;
  /** Breaks the client's side of every connection there is now. On the server's side it stays, with all that is on its way. */
  cut(): void;
  /** Lets through what was kept back, also to servers whose clients are gone; resolves when every server that was given something has said something. */
  release(): Promise<void>;
  close(): Promise<void>;
};

type Pair = { client: Socket; server: Socket; holding: Set<'requests' | 'answers'>; kept: { to: Socket; chunk: Buffer }[] };

/** Stands between a client and the server of a URL, on loopback. */
export async function proxyTo(url: string): Promise<Proxy> {
  const target = new URL(url);
  const pairs = new Set<Pair>();
  let [held, wanted, reached] = [0, Infinity, () => {}];

  function keep({ kept }: Pair, one: Pair['kept'][number]) {
    kept.push(one);
    held += one.chunk.length;
    if (held >= wanted) reached();
  }

  const listener = createServer((client) => {
    if (!proxy.open) return void client.destroy();
    const server = connect(Number(target.port), target.hostname);
    const pair: Pair = { client, server, holding: new Set(), kept: [] };
    pairs.add(pair);
    const forward = (way: 'requests' | 'answers', to: Socket) => (chunk: Buffer) => {
      if (pair.holding.has(way)) keep(pair, { to, chunk });
      else if (!to.destroyed) to.write(chunk);
    };
    client.on('data', forward('requests', server)).on('error', () => undefined);
    client.on('close', () => pair.holding.size === 0 && server.end());
    server.on('data', forward('answers', client)).on('error', () => undefined);
    server.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const here = new URL(url);
  here.port = String((listener.address() as AddressInfo).port);

  const proxy: Proxy = {
    url: here.href,
    open: true,
    hold(way) {
      for (const { holding } of pairs) holding.add(way);
    },
    holds: (bytes) => (held >= bytes ? Promise.resolve() : new Promise((resolve) => ((reached = resolve), (wanted = bytes)))),
    cut() {
      for (const { client } of pairs) client.destroy();
    },
    async release() {
      held = 0;
      const answers = [...pairs].map(({ server, holding, kept }) => {
        holding.clear();
        const asked = kept.some(({ to }) => to === server) && !server.destroyed;
        const answered = asked ? new Promise((resolve) => server.once('data', resolve)) : undefined;
        for (const { to, chunk } of kept.splice(0)) if (!to.destroyed) to.write(chunk);
        return answered;
      });
      await Promise.all(answers);
    },
    async close() {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  return proxy;
}

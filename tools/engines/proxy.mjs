// A connection that can go wrong: stands between a client and an engine on loopback, and delays, holds back or cuts what passes.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * @typedef {object} Proxy
 * @property {number} port
 * @property {() => void} pass lets everything through, what was held back first
 * @property {(milliseconds: number) => void} delay lets everything through that much later
 * @property {() => void} stall takes everything and passes nothing on, as a half-open connection does
 * @property {() => void} cut breaks every connection, and every new one
 * @property {() => Promise<void>} stop
 */

/**
 * @param {number} port of the engine
 * @param {number} [own] where to listen; any free port unless given
 * @returns {Promise<Proxy>}
 */
export async function startProxy(port, own = 0) {
  let late = 0;
  let cut = false;
  /** @type {PromiseWithResolvers<void> | undefined} */
  let stalled;
  const sockets = new Set();

  const pipe = (from, to) => {
    // What comes first leaves first, however the delay changes.
    let before = Promise.resolve();
    from.on('data', (bytes) => {
      const due = stalled?.promise ?? (late > 0 ? new Promise((resolve) => setTimeout(resolve, late)) : Promise.resolve());
      before = before.then(() => due).then(() => void (to.destroyed || to.write(bytes)));
    });
    from.on('close', () => void before.then(() => to.destroy()));
    from.on('error', () => to.destroy());
  };
  const server = createServer((client) => {
    if (cut) return void client.destroy();
    const engine = connect(port, '127.0.0.1');
    for (const socket of [client, engine]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    pipe(client, engine);
    pipe(engine, client);
  });
  server.listen(own, '127.0.0.1');
  await once(server, 'listening');
  const free = () => {
    stalled?.resolve();
    stalled = undefined;
  };
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };

  return {
    port: /** @type {import('node:net').AddressInfo} */ (server.address()).port,
    pass() {
      [late, cut] = [0, false];
      free();
    },
    delay(milliseconds) {
      [late, cut] = [milliseconds, false];
      free();
    },
    stall() {
      stalled ??= Promise.withResolvers();
    },
    cut() {
      cut = true;
      free();
      breakAll();
    },
    async stop() {
      free();
      server.close();
      breakAll();
      await once(server, 'close');
    },
  };
}

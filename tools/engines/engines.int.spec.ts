import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngines } from './index.mjs';
import * as kafka from './kafka.mjs';

const folder = mkdtempSync(join(tmpdir(), 'engines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const answers = (address: string) =>
  new Promise<boolean>((resolve) => {
    const [host, port] = address.split(':') as [string, string];
    const socket = connect(Number(port), host, () => resolve(true)).on('error', () => resolve(false));
    socket.once('close', () => socket.destroy()).end();
  });

it('says what could not be started, and why; nothing else is kept from starting by it', async () => {
  const engines = await startEngines({ folder, names: ['nowhere'] });
  expect(engines).toMatchObject({ up: [], down: [{ name: 'nowhere', why: 'There is no launcher of it yet.' }], env: {} });
  await engines.stop();
});

((await kafka.missing()) ? it.skip : it)(
  'starts an engine where it was the last time, says where, and ends it',
  async () => {
    const first = await startEngines({ folder, keepPorts: true, names: ['kafka'] });
    const { KAFKA_BROKERS: address, KAFKA_BROKERS_IS: is } = first.env;
    expect([first.down, is, await answers(address!)]).toEqual([[], expect.stringMatching(/^Kafka \d/), true]);
    await first.stop();
    expect(await answers(address!)).toBe(false);
    const second = await startEngines({ folder, keepPorts: true, names: ['kafka'] });
    await second.stop();
    expect(second.env.KAFKA_BROKERS).toBe(address);
  },
  180_000,
);

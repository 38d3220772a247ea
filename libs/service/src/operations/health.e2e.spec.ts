import { Module } from '@nestjs/common';
import { testApp, type TestApp } from '#testing/service';
import { service } from '../parts.ts';

@Module(service('shed', { aggregates: {} }))
class ShedModule {}

let app: TestApp;
beforeEach(async () => {
  app = await testApp(ShedModule);
});
afterEach(() => app.close());
const ready = async () => (await app.as('ann').get('/health/ready')) as { status: number; body: unknown };
const engines = () => app.runtime('shed').engines;

it('is ready when its engines answer', async () => expect(await ready()).toMatchObject({ status: 200, body: { status: 'ready' } }));

it.each<[string, () => void]>([
  ['log', () => (engines().log.head = () => Promise.reject(new Error('gone')))],
  ['read models', () => (engines().models.load = () => Promise.reject(new Error('gone')))],
  ['vault', () => (engines().vault.notes = () => Promise.reject(new Error('gone')))],
])('is not when its %s is dead, and says so in its numbers, too', async (dependency, dies) => {
  dies();
  const waiting = [{ name: 'shed', reason: `its ${dependency} cannot be reached` }];
  expect(await ready()).toMatchObject({ status: 503, body: { status: 'waiting', waiting }, headers: { 'retry-after': '1' } });
  const lines = (await app.as('ann').get('/metrics')).text.split('\n');
  expect(lines).toContain(`rapport_dependency_up{service="shed",dependency="${dependency}"} 0`);
});

it('turns nobody away when an engine is slow, and names it', async () => {
  const { notes } = engines().vault;
  const slow = performance.now() + 1_100;
  engines().vault.notes = async (prefix) => {
    while (performance.now() < slow) await new Promise(setImmediate);
    return notes(prefix);
  };
  expect(await ready()).toMatchObject({
    status: 200,
    body: { status: 'ready', slow: [{ name: 'shed', reason: expect.stringMatching(/^its vault took 1\.\d s to answer$/) }] },
  });
});

it('times what commands append', async () => {
  app.runtime('shed').commands.onAppend!(0.02);
  const { text } = await app.as('ann').get('/metrics');
  expect(text).toContain('rapport_append_duration_seconds_bucket{service="shed",le="0.025"} 1');
});

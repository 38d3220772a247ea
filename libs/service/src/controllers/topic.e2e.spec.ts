import { Module } from '@nestjs/common';
import { testApp, type TestApp } from '#testing/service';
import { service } from '../parts.ts';

@Module(service('shed', { aggregates: {} }))
class ShedModule {}

let app: TestApp;
beforeAll(async () => {
  app = await testApp(ShedModule);
});
afterAll(() => app.close());
const administrator = () => app.as('ann', { roles: ['administrator'] });

it('has nothing to say where services read each other’s logs themselves', async () =>
  expect(await administrator().get('/services/shed/topic')).toMatchObject({ status: 409, body: { code: 'no-topic' } }));

it('tells whoever manages the service how far its log is published, and publishes it again', async () => {
  const asked: string[] = [];
  app.running.get('shed')!.publisher = {
    status: async () => ({ log: 'shed', generation: 2, position: 40, head: 45, age: 2_500, refused: 'The topic was truncated.' }),
    republish: async () => void asked.push('republish'),
  };
  expect((await administrator().get('/services/shed/topic')).body).toMatchObject({ generation: 2, position: 40, head: 45 });
  expect(await administrator().post('/services/shed/topic/republish')).toMatchObject({ status: 202, body: { state: 'republishing' } });
  expect(asked).toEqual(['republish']);
  const { text } = await administrator().get('/metrics');
  for (const line of [
    'rapport_outbox_events{service="shed"} 5',
    'rapport_outbox_age_seconds{service="shed"} 2.5',
    'rapport_outbox_refused{service="shed"} 1',
  ])
    expect(text.split('\n')).toContain(line);
});

it('tells nobody else', async () => {
  expect((await app.as('bob').get('/services/shed/topic')).status).toBe(403);
  expect((await app.as('bob').post('/services/shed/topic/republish')).status).toBe(403);
});

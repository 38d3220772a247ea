import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import { IsString } from 'class-validator';
import { openMongoModels } from '#engines/read-models';
import {
  act,
  after,
  create,
  decider,
  defineEvent,
  drop,
  Flag,
  fold,
  Id,
  on,
  plan,
  projection,
  reaction,
  Ref,
  start,
  Text,
  todo,
  type Id as IdType,
} from '#model';
import { Commands, service, Views } from '#service';
import { testApp, type Client, type TestApp, type TestOptions } from '#testing/service';
import { engineUnderTest } from '../../../tools/engines/under-test.mjs';

const ParcelSent = defineEvent('post.parcel.sent', { name: Text, ownerId: Ref('workspace.user') });
const ParcelLabelled = defineEvent('post.parcel.labelled', { label: Text });
const ParcelReturned = defineEvent('post.parcel.returned', {});

class SendParcel {
  @IsString() name!: string;
}
class LabelParcel {
  @IsString() label!: string;
}
class ReturnParcel {}

type Parcel = { name: string; ownerId: IdType; back: boolean };
const parcel = decider(
  'post.parcel',
  fold<Parcel>(
    start(ParcelSent, (e) => ({ ...e.data, back: false })),
    on(ParcelReturned, (one) => ({ ...one, back: true })),
  ),
  {
    send: create(SendParcel, (command, { actor }) => ParcelSent({ ownerId: actor, ...command })),
    label: act(LabelParcel, (_, { label }) => ParcelLabelled({ label })),
    bringBack: act(ReturnParcel, (one) => (one.back ? [] : ParcelReturned({}))),
  },
);
/** What the row cannot be folded with for now. */
const unreadable = new Set<string>();
const parcels = projection(
  'post.parcels',
  { id: Id, name: Text, label: Text, ownerId: Ref('workspace.user'), back: Flag },
  { version: 1, access: 'owner', indexes: [['name']] },
  start(ParcelSent, (e) => ({ id: e.recordId, label: '', back: false, ...e.data })),
  on(ParcelLabelled, (row, e) => {
    if (unreadable.has(e.data.label)) throw new Error('this label cannot be read');
    return { ...row, label: e.data.label };
  }),
  on(ParcelReturned, (row) => ({ ...row, back: true })),
);
const whenSentThenBringBack = reaction(
  'post.when-sent-14-days-ago-then-bring-back',
  { since: '2026-01-01' },
  plan(ParcelSent, (e) => todo(parcel, e.recordId, 'bringBack', {}, { key: e.recordId, at: after(e.at, { days: 14 }) })),
  drop(ParcelReturned, (e) => e.recordId),
);

@Controller('parcels')
class ParcelController {
  constructor(
    private readonly commands: Commands,
    private readonly views: Views,
  ) {}
  @Post()
  send(@Body() body: SendParcel) {
    return this.commands.create(parcel, 'send', body);
  }
  @Post(':id/label')
  label(@Param('id') id: string, @Body() body: LabelParcel) {
    return this.commands.run(parcel, id, 'label', body);
  }
  @Get(':id')
  one(@Param('id') id: string) {
    return this.views.get(parcels, id);
  }
}
@Module(
  service('post', {
    aggregates: { parcels: parcel },
    projections: [parcels],
    reactions: [whenSentThenBringBack],
    controllers: [ParcelController],
  }),
)
class PostModule {}

const engine = await engineUnderTest('mongo');
afterAll(() => ('stop' in engine ? engine.stop() : undefined));
const onMongo: TestOptions['models'] = (name) =>
  openMongoModels({ url: 'address' in engine ? engine.address : '', database: `t${randomUUID().slice(0, 8)}_${name}` });

describe.each([
  ['SQLite', false, undefined],
  [`MongoDB against ${'skipped' in engine ? 'nothing here' : engine.against}`, 'skipped' in engine, onMongo],
] as const)('what is parked and planned, kept on %s', (_, skipped, models) => {
  const test = skipped ? it.skip : it;
  const roles = [{ name: 'clerk', grants: [{ can: ['*'], on: ['post'], reach: 'own' as const }] }];
  let app: TestApp;
  let ann: Client;
  let now = Date.parse('2026-05-01T09:00:00.000Z');
  beforeEach(async () => {
    unreadable.clear();
    if (skipped) return;
    app = await testApp(PostModule, { roles, models, clock: () => now });
    ann = app.as('ann', { roles: ['clerk'] });
  });
  afterEach(() => app?.close());
  const sent = async (name: string) => (await ann.post('/parcels', { name })).body.id as string;
  const shown = async (id: string) => (await ann.get(`/parcels/${id}`)).body;

  test('an event that cannot be folded waits with the later ones of its stream; others go on; a retry applies them in order', async () => {
    const [first, second] = [await sent('first'), await sent('second')];
    unreadable.add('smudged');
    for (const [id, label] of [
      [first, 'smudged'],
      [first, 'clean'],
      [second, 'other'],
    ] as const)
      await ann.post(`/parcels/${id}/label`, { label });
    await app.settled();
    expect(await shown(first)).toMatchObject({ name: 'first', label: '', waiting: true });
    expect(await shown(second)).toMatchObject({ label: 'other' });
    const operations = app.running.get('post')!.operations;
    expect((await operations.parked('post.parcels')).map(({ revision, first: isFirst }) => [revision, isFirst])).toEqual([
      [2, true],
      [3, false],
    ]);
    unreadable.clear();
    await operations.retry('post.parcels', 'acme', `post.parcel/${first}`);
    expect(await operations.parked('post.parcels')).toEqual([]);
    expect(await shown(first)).toMatchObject({ label: 'clean' });
    await ann.post(`/parcels/${first}/label`, { label: 'last' });
    await app.settled();
    expect(await shown(first)).toMatchObject({ label: 'last' });
  });

  test('a plan is carried out when it is due, once', async () => {
    const id = await sent('borrowed');
    await app.settled();
    const { todos } = app.runtime('post');
    expect(await todos.run()).toBe(0);
    now += 15 * 86_400_000;
    expect(await todos.run()).toBe(1);
    await app.settled();
    expect(await shown(id)).toMatchObject({ back: true });
    expect(await todos.run()).toBe(0);
  });
});

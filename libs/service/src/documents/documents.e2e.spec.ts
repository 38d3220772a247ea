import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsOptional, IsString, IsUUID, Length, ValidateNested } from 'class-validator';
import {
  create,
  decider,
  defineEvent,
  fold,
  Id,
  IsMoney,
  Money,
  personal,
  projection,
  start,
  Text,
  type Id as IdType,
  type Money as MoneyType,
} from '#model';
import { ListQuery } from '../list-query.ts';
import { partsOf, service } from '../parts.ts';
import { asyncApi, schemaOf } from './asyncapi.ts';
import { openApiOf } from './serve-documents.ts';

class Wheel {
  @IsUUID() id!: IdType;
}
class BuildCart {
  @IsString() @Length(1, 50) name!: string;
  @IsMoney() price!: MoneyType;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Wheel) wheels?: Wheel[];
}
const CartBuilt = defineEvent('shed.cart.built', { name: personal(Text), price: Money });
const CartCounted = defineEvent('shed.cart.counted', { name: Text }, { internal: true });
type Cart = { name: string };
const cart = decider('shed.cart', fold<Cart>(start(CartBuilt, (e) => ({ name: e.data.name }))), {
  build: create(BuildCart, (command) => CartBuilt(command)),
});
const carts = projection(
  'shed.carts',
  { id: Id, name: Text, price: Money },
  { version: 1, access: 'everyone' },
  start(CartBuilt, (e) => ({ id: e.recordId, ...e.data })),
);

@Controller('carts')
class Carts {
  @Post()
  build(@Body() _body: BuildCart) {}
  @Get()
  list(@Query() _query: ListQuery) {}
  @Get(':id')
  one(@Param('id') _id: string) {}
}
@Module(service('shed', { aggregates: { carts: cart }, projections: [carts], controllers: [Carts] }))
class ShedModule {}

it('gives a module’s parts without starting it', () => {
  expect(partsOf(ShedModule)).toMatchObject({ service: 'shed', aggregates: { carts: cart } });
  expect(() => partsOf(Wheel)).toThrow('not made by service()');
  expect(() => service('barn', { aggregates: { carts: cart } })).toThrow('begins with another service');
});

it('describes requests from the forms and answers from the views', async () => {
  const api = (await openApiOf([ShedModule])) as any; // read as a client would, member by member
  expect(api.openapi).toBe('3.1.0');
  const post = api.paths['/api/v1/carts'].post;
  expect(post.requestBody.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/shed.BuildCart' });
  expect(post.responses).toHaveProperty('201');
  expect(post.parameters.map((one: { name: string }) => one.name)).toContain('Idempotency-Key');
  const form = api.components.schemas['shed.BuildCart'];
  expect(form).toMatchObject({
    type: 'object',
    required: ['name', 'price'],
    additionalProperties: false,
    properties: { name: { type: 'string', minLength: 1, maxLength: 50 }, price: { type: 'object' } },
  });
  expect(form.properties.wheels.items).toEqual({ $ref: '#/components/schemas/shed.Wheel' });
  expect(api.components.schemas['shed.Wheel'].properties.id).toMatchObject({ format: 'uuid' });
  const list = api.paths['/api/v1/carts'].get;
  expect(list.parameters.map((one: { name: string }) => one.name)).toEqual(expect.arrayContaining(['filter', 'cursor', 'Rapport-After']));
  expect(list.responses['200'].content['application/json'].schema).toEqual({
    type: 'array',
    items: { $ref: '#/components/schemas/view.shed.carts' },
  });
  for (const path of [
    '/carts/bulk',
    '/carts/export',
    '/carts/{id}',
    '/carts/{id}/history',
    '/carts/{id}/remove',
    '/carts/{id}/restore',
    '/services/shed/events',
    '/services/shed/undo',
    '/services/shed/projections',
  ])
    expect(Object.keys(api.paths)).toContain(`/api/v1${path}`);
});

it('refers to nothing that it does not hold', async () => {
  const text = JSON.stringify(await openApiOf([ShedModule]));
  const { components } = JSON.parse(text) as { components: { schemas: Record<string, unknown> } };
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) expect(Object.keys(components.schemas)).toContain(name);
});

it('tells of public events only, each with its schema', () => {
  const api = asyncApi(['shed']) as { components: { messages: Record<string, unknown> } };
  expect(Object.keys(api.components.messages)).toContain('shed.cart.built');
  expect(JSON.stringify(api)).not.toContain('shed.cart.counted');
  expect(schemaOf('shed.cart.built', 1)).toMatchObject({
    $id: '/api/events/schemas/shed.cart.built/1.json',
    properties: { name: { type: 'string', personal: true } },
  });
  expect(schemaOf('shed.cart.built', 2)).toBeUndefined();
  expect(schemaOf(CartCounted.type, 1)).toBeUndefined();
});

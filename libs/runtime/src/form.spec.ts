import 'reflect-metadata';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsEmail, IsIn, IsISO8601, IsOptional, IsString, IsUUID, Length, ValidateNested } from 'class-validator';
import { fieldsOf, validateForm } from './form.ts';
import type { Problem } from './problem.ts';

class Line {
  @IsUUID() productId!: string;
  @IsOptional() @IsString() note?: string;
}
class Postal {
  @IsString() city!: string;
}
class Order {
  @IsString() @Length(1, 10) name!: string;
  @IsOptional() @IsIn(['new', 'old']) state?: string;
  @IsOptional() @IsISO8601({ strict: true }) on?: string;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Line) @ArrayMaxSize(2) lines?: Line[];
  @IsOptional() @ValidateNested() @Type(() => Postal) address?: Postal;
  @IsOptional() @IsEmail({}, { each: true }) emails?: string[];
}
class Nothing {}

const productId = '0193c5b0-7e1a-7c3e-9d3f-2b6f0c1d4e5a';
const problems = (form: new () => object, body: unknown) => {
  try {
    validateForm(form, body);
  } catch (error) {
    return (error as Problem).more.fields;
  }
  return undefined;
};

it('gives instances, also of what is nested', () => {
  const order = validateForm(Order, { name: 'desks', lines: [{ productId }], address: { city: 'Ulm' } });
  expect(order).toBeInstanceOf(Order);
  expect(order.lines![0]).toBeInstanceOf(Line);
  expect(order.address).toBeInstanceOf(Postal);
  expect(Object.keys(order)).toEqual(['name', 'lines', 'address']);
});

it('names the field and what would be right', () => {
  expect(problems(Order, { name: 'desks', lines: [{ productId: 'x' }] })).toEqual([
    { field: 'lines.0.productId', problem: 'must be a UUID', hint: expect.stringContaining('0193') },
  ]);
  expect(problems(Order, { name: '', state: 'older' })!.map((one) => one.field)).toEqual(['name', 'state']);
});

it('says once that a field is missing', () =>
  expect(problems(Order, {})).toEqual([{ field: 'name', problem: 'is missing', hint: 'text in quotes' }]));

it('refuses unknown properties, at every depth', () => {
  expect(problems(Order, { name: 'a', nmae: 1, address: { city: 'Ulm', zip: '1' } })).toEqual([
    { field: 'nmae', problem: 'is not known here', hint: 'one of name, state, on, lines, address, emails' },
    { field: 'address.zip', problem: 'is not known here', hint: 'one of city' },
  ]);
});

it('refuses __proto__ and inherited names', () => {
  expect(problems(Order, JSON.parse('{"name":"a","__proto__":{"x":1}}'))).toMatchObject([{ field: '__proto__' }]);
  expect(problems(Order, { name: 'a', constructor: 1 })).toMatchObject([{ field: 'constructor' }]);
});

it('refuses a list where an object belongs, and the other way round', () => {
  expect(problems(Order, { name: 'a', address: [{ city: 'Ulm' }] })).toMatchObject([{ field: 'address', problem: 'must be an object' }]);
  expect(problems(Order, { name: 'a', lines: { productId } })).toContainEqual({ field: 'lines', problem: 'must be a list' });
  expect(problems(Order, { name: 'a', lines: ['x'] })!.length).toBeGreaterThan(0);
  for (const body of [null, [], 'x', 1]) expect(problems(Order, body)).toMatchObject([{ field: '', problem: 'must be an object' }]);
});

it('takes null for optional fields only', () => {
  expect(validateForm(Order, { name: 'a', state: null })).toMatchObject({ state: null });
  expect(problems(Order, { name: null })!.map((one) => one.field)).toContain('name');
});

it('takes an absent body for a form that needs nothing, and refuses what it does not know', () => {
  expect(validateForm(Nothing, undefined)).toBeInstanceOf(Nothing);
  expect(problems(Nothing, { a: 1 })).toEqual([{ field: 'a', problem: 'is not known here', hint: 'nothing is expected' }]);
});

it('refuses dates that do not exist and lists with one bad element', () => {
  expect(problems(Order, { name: 'a', on: '2026-02-30' })).toMatchObject([{ field: 'on' }]);
  expect(problems(Order, { name: 'a', emails: ['a@example.org', 'b'] })).toMatchObject([{ field: 'emails' }]);
});

it('names its fields in the order of their declaration', () =>
  expect(fieldsOf(Order)).toEqual(['name', 'state', 'on', 'lines', 'address', 'emails']));

/** Arrays in PostgreSQL's binary form: many rows travel as few parameters, and neither side escapes or parses them. */

const HEADER = 20;
const TEXT = 25;
const INT4 = 23;
const INT8 = 20;
const BYTEA = 17;

export const textArray = (values: readonly string[]): Buffer => variable(TEXT, values, (value) => Buffer.byteLength(value), write);
export const bytesArray = (values: readonly Uint8Array[]): Buffer =>
  variable(
    BYTEA,
    values,
    (value) => value.length,
    (into, value, at) => into.set(value, at),
  );
export const intArray = (values: readonly number[]): Buffer => fixed(INT4, 4, values, (into, value, at) => into.writeInt32BE(value, at));
export const bigintArray = (values: readonly number[]): Buffer =>
  fixed(INT8, 8, values, (into, value, at) => into.writeBigInt64BE(BigInt(value), at));

const write = (into: Buffer, value: string, at: number) => into.write(value, at);

function variable<T>(
  type: number,
  values: readonly T[],
  sizeOf: (value: T) => number,
  put: (into: Buffer, value: T, at: number) => unknown,
): Buffer {
  const sizes = values.map(sizeOf);
  const array = start(
    type,
    values.length,
    sizes.reduce((sum, size) => sum + size + 4, 0),
  );
  let at = HEADER;
  values.forEach((value, i) => {
    array.writeInt32BE(sizes[i]!, at);
    put(array, value, at + 4);
    at += sizes[i]! + 4;
  });
  return array;
}

function fixed(type: number, size: number, values: readonly number[], put: (into: Buffer, value: number, at: number) => unknown): Buffer {
  return variable(type, values, () => size, put);
}

/** One dimension from 1, no nulls; an empty array has no dimension. */
function start(type: number, length: number, bytes: number): Buffer {
  if (length === 0) {
    const empty = Buffer.alloc(12);
    empty.writeInt32BE(type, 8);
    return empty;
  }
  const array = Buffer.allocUnsafe(HEADER + bytes);
  array.writeInt32BE(1, 0);
  array.writeInt32BE(0, 4);
  array.writeInt32BE(type, 8);
  array.writeInt32BE(length, 12);
  array.writeInt32BE(1, 16);
  return array;
}

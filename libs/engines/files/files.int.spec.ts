import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingBytes, openFiles, type Files } from '#engines/files';

let folder: string;
let files: Files;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-files-'));
  files = openFiles(join(folder, 'files'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('grows from front to back, and drops what was half written when it goes on from before', async () => {
  expect(await files.write('a.csv', 0, Buffer.from('first '))).toBe(6);
  expect(await files.write('a.csv', 6, Buffer.from('lost'))).toBe(10);
  expect(await files.write('a.csv', 6, Buffer.from('two'))).toBe(9);
  expect(Buffer.from(await files.read('a.csv', 0, 9)).toString()).toBe('first two');
  expect(await files.size('a.csv')).toBe(9);
});

it('says when bytes are missing rather than giving fewer', async () => {
  await files.write('a.csv', 0, Buffer.from('short'));
  await expect(files.read('a.csv', 0, 6)).rejects.toThrow(MissingBytes);
  await expect(files.read('b.csv', 0, 1)).rejects.toThrow(MissingBytes);
});

it('is gone when it was removed, and removing twice is no fault', async () => {
  await files.write('a.csv', 0, Buffer.from('x'));
  await files.remove('a.csv');
  await files.remove('a.csv');
  expect(await files.size('a.csv')).toBe(0);
});

it('is its owner’s alone to read, and stays in its folder', async () => {
  await files.write('a.csv', 0, Buffer.from('x'));
  expect(statSync(join(folder, 'files', 'a.csv')).mode & 0o077).toBe(0);
  await expect(files.write('../a.csv', 0, Buffer.from('x'))).rejects.toThrow(RangeError);
});

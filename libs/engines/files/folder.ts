import { mkdirSync } from 'node:fs';
import { constants, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_NAME, MissingBytes, type Files } from './port.ts';

/** Files in a folder of this machine that only its owner can read. */
export function openFiles(folder: string): Files {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = (name: string) => {
    if (!FILE_NAME.test(name)) throw new RangeError('not a name for a file');
    return join(folder, name);
  };
  return {
    async write(name, at, bytes) {
      const file = await open(path(name), constants.O_RDWR | constants.O_CREAT, 0o600);
      try {
        await file.truncate(at);
        let written = 0;
        while (written < bytes.length) written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten;
        await file.datasync();
        return at + bytes.length;
      } finally {
        await file.close();
      }
    },
    async read(name, from, to) {
      const file = await open(path(name), 'r').catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new MissingBytes('the file is gone') : error;
      });
      try {
        const bytes = Buffer.alloc(to - from);
        let read = 0;
        while (read < bytes.length) {
          const { bytesRead } = await file.read(bytes, read, bytes.length - read, from + read);
          if (bytesRead === 0) throw new MissingBytes('the file is shorter than it was');
          read += bytesRead;
        }
        return bytes;
      } finally {
        await file.close();
      }
    },
    size: (name) =>
      stat(path(name)).then(
        ({ size }) => size,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return 0;
          throw error;
        },
      ),
    remove: (name) => rm(path(name), { force: true }),
  };
}

/** Files that the product keeps for a while, written once from front to back: uploads, findings. What they hold is sealed before it comes here. */
export interface Files {
  /** Writes `bytes` at `at`, drops what stood behind, and makes it durable. @returns the file's length */
  write(name: string, at: number, bytes: Uint8Array): Promise<number>;
  /** The bytes from `from` up to `to`. @throws MissingBytes when the file is shorter than that */
  read(name: string, from: number, to: number): Promise<Uint8Array>;
  /** 0 when there is none. */
  size(name: string): Promise<number>;
  /** Also when there is none. */
  remove(name: string): Promise<void>;
}

/** A file that is shorter than what was once written to it. */
export class MissingBytes extends Error {
  override readonly name = 'MissingBytes';
}

/** What a file may be called: parts of lower-case letters, digits, dots and hyphens. Never anything personal. */
export const FILE_NAME = /^[a-z0-9][a-z0-9.-]{0,120}$/;

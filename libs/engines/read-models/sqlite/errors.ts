/** The read models cannot be used now; trying again later may succeed. */
export class ModelsUnavailable extends Error {
  override readonly name = 'ModelsUnavailable';
}

const SENTENCES: Record<number, string> = {
  5: 'another process holds the read models',
  6: 'another process holds the read models',
  8: 'the read models cannot be written',
  10: 'the disk failed',
  11: 'the read models are damaged; they can be rebuilt from the log',
  13: 'the disk is full',
  14: 'the read models cannot be opened',
  26: 'the file holds no read models',
};

/** Runs work on a connection; what the engine refuses comes out as ModelsUnavailable. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = (error as { errcode?: number }).errcode;
    if (code === undefined) throw error;
    throw new ModelsUnavailable(SENTENCES[code & 0xff] ?? 'the read models cannot be used', { cause: error });
  }
}

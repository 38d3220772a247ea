import type { BusBatch, Cursor } from '#engines/event-bus';
import type { ReadModels, Write } from '#engines/read-models';
import { leastOf, moved, positionsOf, type Positions } from './cursors.ts';
import { CURSORS, FAR, HOUSE } from './storage.ts';

const ATTEMPTS = 20;

/** How far a lane has come, in every partition that it has. */
export class LaneCursors {
  private readonly kept = new Map<string, { version: number; positions: Positions }>();
  /** What was passed over without moving the cursor. */
  private readonly passed = new Map<string, BusBatch>();

  /** @param names what the lane's cursors are kept by */
  constructor(
    private readonly models: Pick<ReadModels, 'load' | 'save'>,
    private readonly names: string[],
  ) {}

  /** As it is kept, whoever moved it last: the least of all names. */
  async load(of: Pick<BusBatch, 'log' | 'partition'>): Promise<Cursor | undefined> {
    await this.read([placeOf(of)]);
    return this.reached(of);
  }

  private reached(of: Pick<BusBatch, 'log' | 'partition'>): Cursor | undefined {
    return leastOf(this.kept.get(placeOf(of))?.positions ?? {}, this.names);
  }

  /**
   * Passes batches of which nothing was applied. Where a bus counts by itself, others see by cursors how far this one has come, so they are moved; where the
   * logs are followed, passing over the same again costs little, and a durable write each time much. One that is not there yet is moved always.
   */
  async pass(batches: BusBatch[]): Promise<void> {
    const isFar = (batch: BusBatch) => {
      const reached = this.reached(batch);
      return !reached || batch.cursor.offset !== undefined || batch.cursor.position - reached.position >= FAR;
    };
    for (const batch of batches) if (!isFar(batch)) this.passed.set(placeOf(batch), batch);
    await this.move(batches.filter(isFar));
  }

  /** Moves over what was passed last. */
  async settle(): Promise<void> {
    await this.move([...this.passed.values()]);
  }

  /** Each to its batch's cursor, never back. @throws when others move them, time after time */
  async move(batches: BusBatch[]): Promise<void> {
    let left = batches.map((batch) => ({ id: placeOf(batch), to: batch.cursor }));
    for (const { id } of left) this.passed.delete(id);
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt === ATTEMPTS) throw new Error('the cursor is moved by somebody else; the batch is applied again');
      if (attempt > 0) await this.read(left.map(({ id }) => id));
      const moves = left.map(({ id, to }) => {
        const { version, positions } = this.kept.get(id) ?? { version: 0, positions: {} };
        const doc = { positions: moved(positions, this.names, to) };
        return { id, to, write: { collection: CURSORS, tenant: HOUSE, id, expected: version, revision: 0, doc } };
      });
      const lost = new Set<Write>(await this.models.save(moves.map(({ write }) => write)));
      for (const { id, write } of moves)
        if (!lost.has(write)) this.kept.set(id, { version: write.expected + 1, positions: write.doc.positions });
      left = moves.filter(({ write }) => lost.has(write));
    }
  }

  private async read(ids: string[]): Promise<void> {
    const stored = await this.models.load(
      CURSORS,
      ids.map((id) => ({ tenant: HOUSE, id })),
    );
    for (const [at, id] of ids.entries()) this.kept.set(id, { version: stored[at]?.version ?? 0, positions: positionsOf(stored[at]?.doc) });
  }
}

/** A log's partition, as cursors are kept by it. */
export const placeOf = ({ log, partition }: Pick<BusBatch, 'log' | 'partition'>) => `${log}/${partition}`;

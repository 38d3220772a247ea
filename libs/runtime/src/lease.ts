import type { ReadModels } from '#engines/read-models';
import type { Clock } from './engines.ts';
import { HOUSE, LEASES } from './storage.ts';

export type Lease = {
  /** Takes it where it is free, and keeps it where it is held. @returns whether it is held now */
  keep(): Promise<boolean>;
  /** Gives it back, so that another need not wait. */
  release(): Promise<void>;
};

/**
 * What one of several processes holds at a time, as long as it keeps it. It saves work that two would do; nothing that must not happen twice may rest on
 * it, for clocks differ and processes stand still.
 *
 * @param holder names this process among all
 * @param length for how long it is taken, in ms; a third of that before its end it is taken again
 */
export function openLease(models: Pick<ReadModels, 'load' | 'save'>, name: string, holder: string, length: number, clock: Clock): Lease {
  const key = { tenant: HOUSE, id: name };
  let mine = 0;

  async function write(until: number): Promise<boolean> {
    const [kept] = await models.load(LEASES, [key]);
    const free = !kept || kept.doc.holder === holder || (kept.doc.until as number) <= clock();
    if (!free) return false;
    const lost = await models.save([{ collection: LEASES, ...key, expected: kept?.version ?? 0, revision: 0, doc: { holder, until } }]);
    return lost.length === 0;
  }

  return {
    async keep() {
      const now = clock();
      if (mine - now > length / 3) return true;
      mine = (await write(now + length)) ? now + length : 0;
      return mine > 0;
    },
    async release() {
      if (mine > 0) await write(0);
      mine = 0;
    },
  };
}

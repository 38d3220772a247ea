import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODULES } from '#apps/all-in-one';
import { embeddedBus } from '#engines/event-bus';
import type { EventStore } from '#engines/event-store';
import { openReadModels } from '#engines/read-models';
import type { Vault } from '#engines/vault';
import { canonical } from '#model';
import { openSealer } from '#privacy';
import { openProjector, openRuntime, type Engines } from '#runtime';
import { asSystem, contentsOf, partsOf } from '#service';

/** How many rows and summaries there are, and SHA-256 over their values in an order of its own. */
export type BuiltDigest = { documents: number; sha256: string };

const PAGE = 1_000;

/**
 * Builds every view from the logs, in files that are thrown away again, and tells what the current rows and summaries come to; journals keep positions and
 * are left out. Writes to no log and makes no key.
 *
 * @param tenant whose documents are told; all of them are built
 */
export async function builtDigest(logs: Record<string, EventStore>, vault: Vault, tenant?: string): Promise<BuiltDigest> {
  // Its owner alone can read it: rows hold personal parts in the clear.
  const folder = mkdtempSync(join(tmpdir(), 'rapport-move-'));
  const bus = embeddedBus(logs);
  const all = createHash('sha256');
  let documents = 0;
  try {
    for (const module of MODULES) {
      const parts = contentsOf(partsOf(module));
      const log = logs[parts.service];
      if (!log) continue;
      const models = openReadModels(join(folder, `${parts.service}.db`));
      const engines: Engines = {
        log,
        models,
        bus,
        vault,
        sealer: openSealer({ vault, clock: Date.now }),
        clock: Date.now,
        tenants: { zone: () => 'UTC', checkCustom: () => [] },
      };
      const projector = openProjector(parts, engines, {});
      await projector.start();
      await projector.caughtUp();
      const { storages } = await openRuntime(parts, engines, asSystem);
      for (const view of parts.views) {
        const storage = storages.of(view);
        for (let page = await models.scan(storage, { tenant, limit: PAGE }); page.length > 0;) {
          for (const { tenant: of, id, doc } of page) {
            if (of.startsWith('_') || doc.gone === true) continue; // of the house, and marks of what is gone
            all.update(`${view.name}\u0000${of}\u0000${id}\u0000${canonical(doc)}\u0000`);
            documents++;
          }
          const { tenant: of, id } = page.at(-1)!;
          page = await models.scan(storage, { tenant, after: { tenant: of, id }, limit: PAGE });
        }
      }
      await projector.stop();
      await models.close();
    }
    return { documents, sha256: all.digest('hex') };
  } finally {
    await bus.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openSealer } from '#privacy';
import { followSpans, Freshness, keptStreams, type Engines } from '#runtime';
import type { NamedParts } from '../contents.ts';
import type { Operations } from '../tokens.ts';

/** Spans in a file of this replica's own, from the streams that the bus has brought. */
export async function openFigures(
  specs: NonNullable<NamedParts['spans']>,
  engines: Engines,
  file: string,
  replica: string,
  onRenewed: () => void,
) {
  mkdirSync(dirname(file), { recursive: true });
  const { openOrRenewSpans } = await import('#engines/figures'); // DuckDB, which no other service loads
  const store = await openOrRenewSpans(file, onRenewed);
  const logs = [...new Set(specs.map(({ kind }) => kind.slice(0, kind.indexOf('.'))))];
  const freshness = new Freshness(logs, { bus: engines.bus });
  const forget = engines.bus.onReached(() => freshness.wake());
  const heads = await Promise.all(logs.map(async (log) => ({ log, partition: 0, position: await engines.bus.head(log) })));
  let level = false;
  void Promise.all(heads.map((head) => freshness.until(head))).then(() => (level = true));
  const consumer = await followSpans({
    store,
    specs,
    bus: engines.bus,
    streams: await keptStreams(engines.models),
    sealer: openSealer({ vault: engines.vault, clock: engines.clock, grant: 'none' }),
    replica,
    onApplied: (applied) => freshness.applied(applied),
  });
  return {
    spans: { ask: store.ask, freshness },
    lag: () => consumer.lag(),
    /** Whether everything has been seen that there was when it was opened. */
    isLevel: () => level,
    async close() {
      await consumer.stop();
      forget();
      await store.close();
    },
  };
}

/** This replica's figures, among what is kept up to date: live once they have been level, whatever comes in after. */
export function withFigures(
  operations: Operations,
  { lag: lags, isLevel }: { lag(): Promise<Record<string, number>>; isLevel(): boolean },
): Operations {
  return {
    ...operations,
    async status() {
      const lag = Object.values(await lags()).reduce((sum, one) => sum + one, 0);
      const state = isLevel() ? 'live' : 'catching-up';
      return [...(await operations.status()), { view: 'figures', storage: 'this replica', group: 'figures', state, lag, parkedStreams: 0 }];
    },
  };
}

import { CURSORS, HOUSE, type Runtime } from '#runtime';

/** How an engine is: `slow` answers, late; `dead` refuses, or has not answered for so long that nobody can wait for it. */
export type Condition = { dependency: string; state: 'well' | 'slow' | 'dead'; seconds: number };

/** In milliseconds: from when on an engine is slow, and dead. */
const LIMITS = { slow: 1_000, dead: 4_000 };

type Probe = { dependency: string; ask: () => Promise<unknown> };

/** Of a service's engines what costs least to ask. Kafka is not among them: without it the views fall behind, and the service serves on. */
export const probesOf = ({ engines: { log, models, vault } }: Pick<Runtime, 'engines'>): Probe[] => [
  { dependency: 'log', ask: () => log.head() },
  { dependency: 'read models', ask: () => models.load(CURSORS, [{ tenant: HOUSE, id: 'readiness' }]) },
  { dependency: 'vault', ask: () => vault.notes('readiness') },
];

/**
 * Looks how engines are. Each is asked one thing at a time, however often one looks: an engine that hangs is not given more to do.
 *
 * @returns resolves within the limit of the dead
 */
export function watch(probes: Probe[], limits = LIMITS): () => Promise<Condition[]> {
  const asked = new Map<string, { began: number; answer: Promise<boolean> }>();

  async function look({ dependency, ask }: Probe): Promise<Condition> {
    let asking = asked.get(dependency);
    if (!asking) {
      const answer = ask()
        .then(
          () => true,
          () => false,
        )
        .finally(() => asked.delete(dependency));
      asking = { began: performance.now(), answer };
      asked.set(dependency, asking);
    }
    const left = Math.max(0, limits.dead - (performance.now() - asking.began));
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), left)));
    const answered = await Promise.race([asking.answer, tooLate]);
    clearTimeout(timer);
    const took = performance.now() - asking.began;
    return { dependency, state: !answered ? 'dead' : took > limits.slow ? 'slow' : 'well', seconds: took / 1000 };
  }

  return () => Promise.all(probes.map(look));
}

import type { RequestContext } from '#runtime';
import { sweepDue } from './erasures.ts';
import type { Running } from './tokens.ts';
import { tell } from './operations/log.ts';

export type Chores = { stop(): Promise<void> };

const EVERY = 5_000;

/**
 * What is due without anybody asking, every few seconds: to-dos of reactions, the passes that erasures still want, and what a process adds. What fails is
 * said and tried again.
 *
 * @param further of the process itself: files coming in, for example
 * @param mayWork whether it is this process's turn, where there are several
 */
export function startChores(
  running: ReadonlyMap<string, Running>,
  asSystem: (tenant: string) => RequestContext,
  further: () => Promise<void>,
  mayWork: () => Promise<boolean> = async () => true,
): Chores {
  const settled = new Map([...running.keys()].map((service) => [service, new Set<string>()]));
  let stopped = false;
  let working: Promise<void> | undefined;
  const work = async () => {
    try {
      if (!(await mayWork())) return;
      for (const { runtime } of running.values()) if (runtime.parts.reactions.length > 0) await runtime.todos.run();
      for (const [service, one] of running) await sweepDue(one, asSystem, settled.get(service)!);
      await further();
    } catch (error) {
      const { name, message } = error as Error;
      if (!stopped) tell('error', 'a chore failed and is tried again', { error: name, message });
    }
  };
  const timer = setInterval(() => {
    if (!working && !stopped) working = work().finally(() => (working = undefined));
  }, EVERY);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await working;
    },
  };
}

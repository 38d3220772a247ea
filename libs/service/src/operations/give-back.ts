import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/**
 * Gives the system back what a start leaves behind. Thousands of modules are read, compiled and half forgotten, and V8 keeps the room all that took until
 * memory is short, which it never is for a service at rest: some 60 MB. Stops the process for a tenth of a second, so it is to be called when nobody waits.
 * Under load the heap takes again what it needs.
 */
export function giveBackMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

const EVERY = 60_000;
/** Of a core. A service at rest comes to 0.02 to 0.07. */
const QUIET = 0.1;
const GROWN = 1.1;

/**
 * Gives back now, and again whenever the process has been quiet for a minute and holds a tenth more than after the last time: what an import or a busy morning
 * took is the machine's again.
 *
 * @returns ends it
 */
export function giveBackWhenQuiet(cpuUsage: typeof process.cpuUsage = process.cpuUsage): () => void {
  const held = () => process.memoryUsage().heapTotal;
  giveBackMemory();
  let [used, kept] = [cpuUsage(), held()];
  const looking = setInterval(() => {
    const { user, system } = cpuUsage(used);
    used = cpuUsage();
    if ((user + system) / 1000 > QUIET * EVERY || held() < GROWN * kept) return;
    giveBackMemory();
    kept = held();
  }, EVERY).unref();
  return () => clearInterval(looking);
}

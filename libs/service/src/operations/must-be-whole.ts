import type { Vault } from '#engines/vault';
import { halfMoved } from '#runtime';
import { Misconfigured } from './configuration.ts';

/** Nothing is served, or written, where only a part has been moved in so far. @throws Misconfigured */
export async function mustBeWhole(vault: Vault): Promise<void> {
  const why = await halfMoved(vault);
  if (why) throw new Misconfigured(why);
}

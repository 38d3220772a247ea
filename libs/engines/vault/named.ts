import { VaultUnavailable, type MovableVault } from './port.ts';

/** The same vault, whose engine's own errors are VaultUnavailable. */
export function named(isEngines: (error: unknown) => boolean, vault: MovableVault): MovableVault {
  const calls = Object.entries(vault).map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await (call as (...args: unknown[]) => unknown)(...args);
      } catch (error) {
        if (!isEngines(error)) throw error;
        throw new VaultUnavailable(`the vault cannot be used: ${(error as Error).message}`, { cause: error });
      }
    },
  ]);
  return Object.fromEntries(calls) as MovableVault;
}

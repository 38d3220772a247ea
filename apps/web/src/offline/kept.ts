/** The name of the store in which answers are kept for reading offline; the service worker fills it. */
export const KEPT = 'rapport-answers';

/** Forgets every answer that was kept on this device. */
export async function forgetKept(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(KEPT);
}

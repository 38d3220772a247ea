/** The name of the store in which answers are kept for reading offline; the service worker fills it. */
export const KEPT = 'rapport-answers';

/** The header by which an answer says that it was kept, and when. */
export const KEPT_AT = 'rapport-kept-at';

/** Forgets every answer that was kept on this device. */
export async function forgetKept(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(KEPT);
}

import './theme/mantine.css';
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepFresh } from './live/changes.ts';
import { begin } from './session/session.ts';
import { loadTexts } from './texts/area.ts';

const element = document.getElementById('root')!;

/** Signs in, then shows the page; both loads run beside each other. Who comes by a link of the first run, or by one that lets them in, is not signed in yet. */
async function start(): Promise<void> {
  const isFirst = ['/welcome', '/join'].includes(location.pathname);
  const [{ App }, back] = await Promise.all([import('./app.tsx'), isFirst ? undefined : begin(), loadTexts('shell')]);
  if (back !== undefined) history.replaceState(null, '', back);
  createRoot(element).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  if (!isFirst) keepFresh();
  // Without it the pages work as well; only not without a connection.
  if ('serviceWorker' in navigator) keepForOffline().catch(() => undefined);
}

/** Registers the worker that keeps what was read, and tells it of what this page loaded before it was there. */
async function keepForOffline(): Promise<void> {
  await navigator.serviceWorker.register('/sw.js');
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType('resource').flatMap(({ name }) => (new URL(name).pathname.startsWith('/assets/') ? name : []));
  active?.postMessage({ files });
}

start().catch((error: Error) => {
  // Nothing can be shown by our own parts any more: the browser's have to do.
  element.textContent = `Rapport could not start: ${error.message}`;
  throw error;
});

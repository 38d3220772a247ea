import { fileURLToPath } from 'node:url';
import { run } from '#service';
import { openEdge } from './edge.ts';
import { edgeSettings } from './settings.ts';

await run(async () =>
  openEdge({
    ...edgeSettings(process.env),
    // dist/apps/edge/src/main.js
    web: fileURLToPath(new URL('../../../web', import.meta.url)),
    samples: fileURLToPath(new URL('../../../../examples/crm-sales', import.meta.url)),
  }),
);

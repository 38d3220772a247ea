import { fileURLToPath } from 'node:url';
import { configuration, list, Misconfigured, port, run, text } from '#service';
import { openEdge } from './edge.ts';

const SERVICES = ['workspace', 'contacts', 'sales', 'analytics'];

await run(async () => {
  const settings = configuration(process.env, {
    PORT: port(3000),
    RAPPORT_HOST: text('an address of this machine to listen on', '127.0.0.1'),
    RAPPORT_SERVICES: list('where each service answers, as service=http://host:port, by comma'),
    RAPPORT_PROXIES: list('addresses of proxies whose X-Forwarded-For is believed, by comma', []),
  });
  const services = Object.fromEntries(
    settings.RAPPORT_SERVICES.map((one) => {
      const [name = '', address = ''] = one.split(/=(.*)/s);
      if (!SERVICES.includes(name) || !URL.canParse(address))
        throw new Misconfigured(`RAPPORT_SERVICES holds "${one}", which is not service=http://host:port.`);
      return [name, address];
    }),
  );
  const missing = SERVICES.filter((name) => !services[name]);
  if (missing.length > 0) throw new Misconfigured(`RAPPORT_SERVICES does not say where ${missing.join(', ')} answers.`);
  return openEdge({
    services,
    port: settings.PORT,
    host: settings.RAPPORT_HOST,
    trustProxy: settings.RAPPORT_PROXIES,
    // dist/apps/edge/src/main.js
    web: fileURLToPath(new URL('../../../web', import.meta.url)),
    samples: fileURLToPath(new URL('../../../../examples/crm-sales', import.meta.url)),
  });
});

import { configuration, list, Misconfigured, partsOf, port, text } from '#service';
import { MODULES } from '#apps/all-in-one';

/** The settings of the edge. */
export const EDGE = {
  PORT: port(3000),
  RAPPORT_HOST: text('an address of this machine to listen on', '127.0.0.1'),
  RAPPORT_SERVICES: list('where each service answers, as service=http://host:port, by comma'),
  RAPPORT_PROXIES: list('addresses of proxies whose X-Forwarded-For is believed, by comma', []),
} as const;

/** What the environment says, with where each service answers. @throws Misconfigured */
export function edgeSettings(env: NodeJS.ProcessEnv) {
  const settings = configuration(env, EDGE);
  const known = MODULES.map((module) => partsOf(module).service);
  const services = Object.fromEntries(
    settings.RAPPORT_SERVICES.map((one) => {
      const [name = '', address = ''] = one.split(/=(.*)/s);
      if (!known.includes(name) || !URL.canParse(address))
        throw new Misconfigured(`RAPPORT_SERVICES holds "${one}", which is not service=http://host:port.`);
      return [name, address];
    }),
  );
  const missing = known.filter((name) => !services[name]);
  if (missing.length > 0) throw new Misconfigured(`RAPPORT_SERVICES does not say where ${missing.join(', ')} answers.`);
  return { services, port: settings.PORT, host: settings.RAPPORT_HOST, trustProxy: settings.RAPPORT_PROXIES };
}

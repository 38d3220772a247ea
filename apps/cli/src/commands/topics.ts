import { SERVICES } from '#events/services';
import { EXIT, Fault } from '../fault.ts';
import { table } from '../output.ts';
import type { Setting } from '../setting.ts';

type Topic = { log: string; generation: number; position: number; head: number; age: number; refused?: string };

const ofService = (service: string) => `/services/${encodeURIComponent(service)}/topic`;

/** How far every service's log has been published, and what keeps it from going on. */
export async function list(setting: Setting): Promise<void> {
  const client = setting.client();
  const found = await Promise.all(SERVICES.map((service) => client.send<Topic>('GET', ofService(service))));
  await setting.output.answer(found, () => [
    ...table(
      ['service', 'generation', 'published', 'behind', 'for'],
      found.map(({ log, generation, position, head, age }) => [log, generation, position, head - position, `${(age / 1000).toFixed(1)} s`]),
    ),
    ...found.flatMap(({ log, refused }) => (refused ? [`${log} stands still: ${refused}`] : [])),
  ]);
  if (found.some(({ refused }) => refused)) throw new Fault(EXIT.findings, 'Not every log can be published.');
}

/** Throws away a service's topic and publishes its log again from the first event. */
export async function republish(setting: Setting, service: string): Promise<void> {
  const answer = await setting.client().send<{ log: string; state: string }>('POST', `${ofService(service)}/republish`);
  await setting.output.answer(answer, () => [
    `The topic of ${service} is thrown away and its log published again; \`rapport topics\` says how far. Whoever follows it begins again by itself.`,
  ]);
}

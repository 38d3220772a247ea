import type { FastifyInstance } from 'fastify';
import type { Running } from '../tokens.ts';
import { probesOf, watch, type Condition } from './dependencies.ts';
import type { Metrics } from './metrics.ts';

type Noted = { name: string; reason: string };

/**
 * `/health/live`: the process answers. `/health/ready`: its engines do too, and its views have caught up; an engine that is slow is named and turns nobody
 * away, for every replica has the same. `/metrics`: numbers.
 */
export function addHealth(fastify: FastifyInstance, running: ReadonlyMap<string, Running>, metrics: Metrics): void {
  const looks = new Map([...running].map(([name, { runtime }]) => [name, watch(probesOf(runtime))]));
  const conditions = async () =>
    (await Promise.all([...looks].map(async ([service, look]) => (await look()).map((one) => ({ service, ...one }))))).flat();

  fastify.get('/health/live', (_request, reply) => reply.send({ status: 'live' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const found = await conditions();
    const slow = found.filter(({ state }) => state === 'slow').map(notedOf);
    const dead = found.filter(({ state }) => state === 'dead').map(notedOf);
    const waiting = dead.length > 0 ? dead : await behind(running);
    if (waiting.length > 0) reply.code(503).header('retry-after', '1');
    return {
      status: waiting.length > 0 ? 'waiting' : 'ready',
      ...(waiting.length > 0 ? { waiting } : {}),
      ...(slow.length > 0 ? { slow } : {}),
    };
  });
  fastify.get('/metrics', async (_request, reply) => {
    reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    return metrics.text();
  });

  for (const [service, { runtime }] of running)
    runtime.commands.onAppend = metrics.timer('rapport_append_duration_seconds', 'Time the log takes for what a command appends', {
      service,
    });
  metrics.gauge('rapport_dependency_up', 'Whether an engine answers', async () =>
    (await conditions()).map(({ service, dependency, state }) => ({ labels: { service, dependency }, value: state === 'dead' ? 0 : 1 })),
  );
  metrics.gauge('rapport_dependency_seconds', 'How long an engine takes to answer the least that can be asked', async () =>
    (await conditions()).map(({ service, dependency, seconds }) => ({ labels: { service, dependency }, value: seconds })),
  );
  metrics.gauge('rapport_projection_lag_events', 'Events a projection has not applied yet', async () =>
    (await statuses(running)).map(({ service, view, group, lag, state }) => ({ labels: { service, view, group, state }, value: lag })),
  );
  metrics.gauge('rapport_parked_streams', 'Streams whose events a projection could not apply', async () =>
    (await statuses(running)).map(({ service, view, parkedStreams }) => ({ labels: { service, view }, value: parkedStreams })),
  );
  metrics.gauge('rapport_outbox_events', 'Events of a log that are not published yet', async () =>
    (await outboxes(running)).map(({ log, head, position }) => ({ labels: { service: log }, value: head - position })),
  );
  metrics.gauge('rapport_outbox_age_seconds', 'How long ago the oldest event was recorded that is not published yet', async () =>
    (await outboxes(running)).map(({ log, age }) => ({ labels: { service: log }, value: age / 1000 })),
  );
  metrics.gauge('rapport_outbox_refused', 'Whether a log is not published because somebody has to do something first', async () =>
    (await outboxes(running)).map(({ log, refused }) => ({ labels: { service: log }, value: refused ? 1 : 0 })),
  );
}

const notedOf = ({ service, dependency, state, seconds }: Condition & { service: string }): Noted => ({
  name: service,
  reason: state === 'dead' ? `its ${dependency} cannot be reached` : `its ${dependency} took ${seconds.toFixed(1)} s to answer`,
});

/** Which services have views that have not caught up. */
async function behind(running: ReadonlyMap<string, Running>): Promise<Noted[]> {
  const found = await Promise.all(
    [...running].map(async ([name, { operations, isLevel }]) => {
      if (isLevel && !isLevel()) return [{ name, reason: 'its views are catching up' }];
      try {
        const view = (await operations.status()).find((one) => one.state === 'catching-up');
        return view ? [{ name, reason: `${view.view} is catching up, ${view.lag} events to go` }] : [];
      } catch (error) {
        return [{ name, reason: error instanceof Error ? error.name : 'unavailable' }];
      }
    }),
  );
  return found.flat();
}

async function statuses(running: ReadonlyMap<string, Running>) {
  const found = [];
  for (const [service, { operations }] of running) for (const status of await operations.status()) found.push({ service, ...status });
  return found;
}

const outboxes = (running: ReadonlyMap<string, Running>) =>
  Promise.all([...running.values()].flatMap(({ publisher }) => (publisher ? [publisher.status()] : [])));

import type { FastifyInstance } from 'fastify';
import type { Running } from '../tokens.ts';
import type { Metrics } from './metrics.ts';

/** `/health/live`: the process answers. `/health/ready`: its stores do too, and its views have caught up. `/metrics`: numbers. */
export function addHealth(fastify: FastifyInstance, running: ReadonlyMap<string, Running>, metrics: Metrics): void {
  fastify.get('/health/live', (_request, reply) => reply.send({ status: 'live' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const waiting = (
      await Promise.all([...running].map(async ([name, service]) => ({ name, reason: await reasonToWait(service) })))
    ).filter((one) => one.reason);
    if (waiting.length > 0) reply.code(503).header('retry-after', '1');
    return { status: waiting.length > 0 ? 'waiting' : 'ready', ...(waiting.length > 0 ? { waiting } : {}) };
  });
  fastify.get('/metrics', async (_request, reply) => {
    reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    return metrics.text();
  });
  metrics.gauge('rapport_projection_lag_events', 'Events a projection has not applied yet', async () =>
    (await statuses(running)).map(({ service, view, lag, state }) => ({ labels: { service, view, state }, value: lag })),
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

/** @returns undefined when the service can serve */
async function reasonToWait({ runtime, operations, isLevel }: Running): Promise<string | undefined> {
  try {
    await runtime.engines.log.head();
    if (isLevel && !isLevel()) return 'its views are catching up';
    const behind = (await operations.status()).find((one) => one.state === 'catching-up');
    return behind ? `${behind.view} is catching up, ${behind.lag} events to go` : undefined;
  } catch (error) {
    return error instanceof Error ? error.name : 'unavailable';
  }
}

async function statuses(running: ReadonlyMap<string, Running>) {
  const found = [];
  for (const [service, { operations }] of running) for (const status of await operations.status()) found.push({ service, ...status });
  return found;
}

const outboxes = (running: ReadonlyMap<string, Running>) =>
  Promise.all([...running.values()].flatMap(({ publisher }) => (publisher ? [publisher.status()] : [])));

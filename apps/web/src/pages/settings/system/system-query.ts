import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../api/api.ts';
import { problemOf } from '../../../api/client.ts';
import type { Schemas } from '../../../api/schema.ts';
import { queryClient } from '../../../queries/client.ts';
import { projectionsOf, type Projection } from './projections.ts';

export type Parked = Schemas['ParkedEvent'] & { service: string };

/** One service: `error` where it does not answer; `reason` why it is not ready; `head` how many events its log has, for whoever may read them. */
export type ServiceHealth = {
  service: string;
  projections: Projection[];
  parked: Parked[];
  reason?: string;
  error?: unknown;
  head?: number;
  lastAt?: string;
};

const ASKED_EVERY = 2_000;

/** How the services are, asked again and again while somebody looks. `logs`: those whose events may be read. */
export const systemQuery = (services: readonly string[], logs: readonly string[]) => {
  const queryKey = ['system', services, logs];
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<ServiceHealth[]> => {
      const before = queryClient.getQueryData<ServiceHealth[]>(queryKey) ?? [];
      const waiting = await notReady(signal);
      return Promise.all(
        services.map(async (service) => {
          const last = before.find((one) => one.service === service);
          const reason = waiting.find(({ name }) => name === service)?.reason;
          const known = { service, projections: last?.projections ?? [], parked: last?.parked ?? [], ...(reason ? { reason } : {}) };
          try {
            const [how, log] = await Promise.all([
              stateOf(service, known.projections, signal),
              logs.includes(service) ? logOf(service, last?.head, signal) : {},
            ]);
            return { ...known, ...how, ...log };
          } catch (error) {
            signal.throwIfAborted();
            return { ...known, error };
          }
        }),
      );
    },
    refetchInterval: ASKED_EVERY,
    // Asked every other moment anyway: a refusal is shown, not asked for again.
    retry: false,
  });
};

async function stateOf(service: string, before: readonly Projection[], signal: AbortSignal) {
  const { data } = await api.read<Schemas['ProjectionStatus'][]>(`/services/${service}/projections`, {}, { signal });
  const projections = projectionsOf(service, data, before, Date.now());
  if (projections.every(({ parked }) => parked === 0)) return { projections, parked: [] };
  const parked = await api.read<Schemas['ParkedEvent'][]>(`/services/${service}/projections/parked`, {}, { signal });
  return { projections, parked: parked.data.map((one) => ({ ...one, service })) };
}

/** How long a log is, and when its last event was recorded. `known`: how long it was, so that only what is new is asked for. */
async function logOf(service: string, known: number | undefined, signal: AbortSignal) {
  const ask = async (after: number) => {
    const answer = await api.raw(`/services/${service}/events?limit=1&after=${after}`, { signal });
    if (!answer.ok) throw await problemOf(answer);
    const [first] = (await answer.json()) as { time: string }[];
    return { head: Number(answer.headers.get('rapport-head')), lastAt: first?.time };
  };
  const found = await ask(Math.max((known ?? 1) - 1, 0));
  return found.head === known || found.head <= 1 ? found : ask(found.head - 1);
}

/** Which services say that they are not ready, and why. Where nobody says anything of it, none. */
async function notReady(signal: AbortSignal): Promise<readonly { name: string; reason: string }[]> {
  const answer = await fetch('/health/ready', { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    // Whoever asks for the projections next says that the server cannot be reached.
    return error instanceof TypeError ? undefined : Promise.reject(error as Error);
  });
  if (!answer || !/json/.test(answer.headers.get('content-type') ?? '')) return [];
  return ((await answer.json()) as { waiting?: { name: string; reason: string }[] }).waiting ?? [];
}

import type { Projector, Runtime } from '#runtime';
import type { Operations } from '../tokens.ts';

/** A projector of this thread, as operators see it. */
export function operationsOf(projector: Projector, runtime: Runtime): Operations {
  return {
    status: () => projector.status(),
    async rebuild(view) {
      await projector.rebuild(view);
      await runtime.storages.refresh();
    },
    parked: (view, limit) => projector.parking.list(view, limit),
    retry: (view, tenant, stream) => projector.retry(view, tenant, stream),
    skip: (view, event, by) => projector.skip(view, event, by),
    sweep: (tenant, person) => projector.sweep(tenant, person),
  };
}

import type { Projection } from '#model';
import type { Engines } from './engines.ts';
import type { Lane } from './lane.ts';
import type { Parking } from './parking.ts';

/**
 * Applies a parked stream's events again, in order, by a lane that does nothing else meanwhile. They stay parked until they are applied; what another
 * process parks of the stream meanwhile comes along.
 *
 * @returns whether the stream is free now
 */
export async function retryParked(
  { models }: Pick<Engines, 'models'>,
  parking: Parking,
  lane: Lane,
  view: Projection,
  tenant: string,
  stream: string,
): Promise<boolean> {
  const id = stream.slice(stream.indexOf('/') + 1);
  for (;;) {
    const events = await parking.take(view.name, tenant, stream);
    if (events.length === 0) return !parking.holds(view, tenant, stream);
    parking.free(view.name, tenant, stream);
    await lane.applyOnly(view, events);
    const stuck = parking.holds(view, tenant, stream);
    const [row] = await models.load(lane.storageOf(view), [{ tenant, id }]);
    const reached = row?.revision ?? 0;
    await parking.release(view.name, tenant, stream, (event) => !stuck || (event.revision > 0 && event.revision <= reached));
    if (stuck) return false;
  }
}

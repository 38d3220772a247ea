import { PostgresFault } from '#engines/postgres';
import { unreadable, type Place } from '../chain.ts';
import { DamagedLog, StoreUnavailable } from '../port.ts';

/** A fault of PostgreSQL as the port names it, damage at the place that was read; any other error comes back as it is. */
export function unavailable(error: unknown, place?: Place): unknown {
  if (!(error instanceof PostgresFault)) return error;
  if (error.kind === 'damaged' && place) return new DamagedLog(unreadable(place, error.message));
  return new StoreUnavailable(error.message, { cause: error });
}

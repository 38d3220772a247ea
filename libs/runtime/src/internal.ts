import { eventType } from '#model';

/** Types that never leave the service, by their definitions: reservations, credentials, settled to-dos. */
export const isInternalType = (type: string): boolean => eventType(type)?.internal ?? false;

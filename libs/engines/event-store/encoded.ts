/** An append as an engine writes it: every event's JSON made once, by whoever appends. `bodies`: without position, in revision order. */
export type EncodedAppend = { tenant: string; stream: string; expected: number; types: string[]; recordedAt: string[]; bodies: string[] };

export const countEvents = (appends: EncodedAppend[]) => appends.reduce((sum, { bodies }) => sum + bodies.length, 0);

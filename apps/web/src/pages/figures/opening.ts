import { createContext, use } from 'react';
import type { Paths } from '../../api/schema.ts';

/** A number that can be opened: which figure, of which group, and what it is called. */
export type Opening = {
  figure: 'opened' | 'won' | 'lost' | 'open';
  title: string;
  group?: Partial<Paths['/figures/sales/records']['get']['query']>;
};

export const OpenRecords = createContext<(opening: Opening) => void>(() => undefined);
/** Opens a number to the records it is made of. */
export const useOpenRecords = () => use(OpenRecords);

import { createContext, use } from 'react';
import type { HistoryItem } from '../kinds.ts';

/** Opens the drawer that tells why something happened. */
export type ShowWhy = (item: HistoryItem) => void;
const Context = createContext<ShowWhy>(() => undefined);
export const WhyProvider = Context.Provider;
export const useShowWhy = (): ShowWhy => use(Context);

import { area } from '../area.ts';
import type { ListWords } from '../../parts/list/words.ts';
import type contacts from '../contacts/en.ts';

/** The same words as lists of contacts have, of accounts. */
export const useAccountTexts: () => ListWords = area<typeof contacts>('accounts');

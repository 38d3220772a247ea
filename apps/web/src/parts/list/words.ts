import type { Texts } from '../../texts/area.ts';
import type contacts from '../../texts/contacts/en.ts';

/** The words of a list of records: what its contacts, its accounts are called. Every such list has the same. */
export type ListWords = Texts<typeof contacts>;

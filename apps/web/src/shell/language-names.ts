import type { Language } from '../theme/look.ts';

/** Languages by their own names. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', he: 'עברית', bg: 'Български', ru: 'Русский', uz: 'Oʻzbekcha' };

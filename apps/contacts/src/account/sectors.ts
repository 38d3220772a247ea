/** Sectors a typed one is mended to, by the first level of common industry lists; others are kept as they are. */
export const SECTORS = [
  'agriculture', 'automotive', 'construction', 'consulting', 'education', 'employment', 'energy', 'entertainment', 'finance', 'food', 'government', 'healthcare', 'hospitality', 'insurance', 'logistics',
  'manufacturing', 'marketing', 'media', 'medical', 'non-profit', 'real estate', 'retail', 'services', 'software', 'technology', 'telecommunications', 'transportation', 'utilities', 'wholesale',
];

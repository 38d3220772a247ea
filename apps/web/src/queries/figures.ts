import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/api.ts';
import type { Paths, Schemas } from '../api/schema.ts';

export type FiguresAsked = Paths['/figures/sales']['get']['query'];
export type Figures = Schemas['SalesFigures'];

/** Sales figures as they are asked for; made anew when a deal moves. */
export const figuresQuery = (asked: FiguresAsked) =>
  queryOptions({
    queryKey: ['figures', asked],
    queryFn: ({ signal }) => api.get('/figures/sales', { query: asked, signal }).then(({ data }) => data),
    meta: { kinds: ['sales.opportunity'] },
    // What was grouped otherwise is no picture of this.
    placeholderData: (before) => (before?.by.join(',') === (asked.by ?? '') ? before : undefined),
  });

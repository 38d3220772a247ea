import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import type { Paths } from '../../api/schema.ts';

type Asked = Paths['/figures/sales']['get']['query'];

/** Sales figures as they are asked for; made anew when a deal moves. */
export const figuresQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['figures', asked],
    queryFn: ({ signal }) => api.get('/figures/sales', { query: asked, signal }).then(({ data }) => data),
    meta: { kinds: ['sales.opportunity'] },
  });

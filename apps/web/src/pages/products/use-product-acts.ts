import type { InfiniteData } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import type { Schemas } from '../../api/schema.ts';
import { queryClient } from '../../queries/client.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useProductTexts } from '../../texts/products/index.ts';
import { PRODUCTS, type Product } from './product.ts';

type Pages = InfiniteData<{ items: Product[]; next?: string }>;
export type ProductForm = Schemas['sales.CreateProduct'];
export type ProductChange = { [F in keyof ProductForm]?: ProductForm[F] | null };

/** What can be done with a product. A change is shown at once, and goes back where it is refused; what was refused is thrown. */
export function useProductActs() {
  const [t, acts] = [useProductTexts(), useActs()];
  const askAgain = () => queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.kinds?.includes(PRODUCTS) === true });
  return {
    create: async (body: ProductForm) => {
      await acts.perform(
        'sales',
        (act) => api.post('/products', { body, act }),
        () => t('made', { name: body.name }),
      );
      await askAgain();
    },
    /** Absent keeps, null clears. `ifMatch`: only where it is at this revision. */
    change: async (product: Product, body: ProductChange, ifMatch?: number) => {
      const patch = Object.fromEntries(Object.entries(body).map(([field, value]) => [field, value ?? undefined]));
      patchLists(product.id, patch);
      try {
        await acts.perform(
          'sales',
          (act) => api.patch('/products/{id}', { params: { id: product.id }, body, act, ifMatch }),
          () =>
            'active' in body && Object.keys(body).length === 1
              ? t(body.active ? 'soldAgain' : 'soldNoMore', { name: product.name })
              : t('changed', { name: product.name }),
        );
      } catch (error) {
        patchLists(product.id, product);
        throw error;
      }
      void queryClient.invalidateQueries({ queryKey: ['record', PRODUCTS, product.id] });
    },
    remove: async (product: Product) => {
      const gone = await acts.attempt(
        'sales',
        (act) => api.post('/products/{id}/remove', { params: { id: product.id }, body: {}, act }),
        () => t('removed', { name: product.name }),
      );
      await askAgain();
      return gone !== undefined;
    },
  };
}

function patchLists(id: string, patch: Partial<Product>): void {
  queryClient.setQueriesData<Pages>(
    { queryKey: ['list', PRODUCTS] },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({ ...page, items: page.items.map((row) => (row.id === id ? { ...row, ...patch } : row)) })),
      },
  );
}

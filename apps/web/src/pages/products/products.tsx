import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { BinActs } from '../../parts/list/bin-acts.tsx';
import { ListFresh, ListHead, ListTable, useListed } from '../../parts/list/listed.tsx';
import { ThumbButton } from '../../parts/thumb-button.tsx';
import { Page } from '../../parts/page.tsx';
import type { Layout } from '../../parts/table/columns.ts';
import { countQuery, useList } from '../../queries/lists.ts';
import { useMay } from '../../queries/me.ts';
import { usePaletteActions } from '../../shell/palette/open.ts';
import { visited } from '../../shell/palette/recent.ts';
import { useProductTexts } from '../../texts/products/index.ts';
import { ProductBulk } from './product-bulk.tsx';
import { useProductColumns } from './product-columns.tsx';
import { ProductDrawer } from './product-drawer.tsx';
import { currenciesOf, PRODUCTS, withPrice, type Product } from './product.ts';
import own from './products.module.css';
import { useProductActs } from './use-product-acts.ts';
import { useUsage } from './use-usage.ts';

export const route = createLazyRoute('/shell/products')({ component: Products });
/** With a product opened aside. */
export const productRoute = createLazyRoute('/shell/products/$id')({ component: Products });

/** What is sold: prices per currency, and how each product sells. */
function Products() {
  const { id }: { id?: string } = useParams({ strict: false });
  const [t, may] = [useProductTexts(), useMay()];
  const [usualCurrency, products] = [useUsualCurrency(), useProductActs()];
  const usual = useMemo(
    () => [
      { id: 'sold', name: t('viewSold'), filter: 'active eq true', sort: 'name' },
      { id: 'not-sold', name: t('viewNotSold'), filter: 'active eq false', sort: 'name' },
      { id: 'all', name: t('viewAll'), sort: 'name' },
    ],
    [t],
  );
  const usage = useUsage();
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  // The columns of prices are those of the currencies there are, which are known once the products are.
  const all = useQuery(countQuery(PRODUCTS)).data;
  const currencies = useKnownCurrencies(usualCurrency);
  const layout: Layout = useMemo(
    () =>
      ['code', 'series', ...currencies.slice(0, 3).map((currency) => `price_${currency}`), 'active', 'won', 'wonValue', 'open'].map(
        (field) => ({
          field,
        }),
      ),
    [currencies],
  );
  const listed = useListed(PRODUCTS, usual, layout);
  const columns = useProductColumns(currencies, usage);
  const create = may('create', PRODUCTS) ? () => setMaking(true) : undefined;
  const go = (to: string | undefined) =>
    void (to
      ? navigate({ to: '/products/$id', params: { id: to }, search: ((before: object) => before) as never })
      : navigate({ to: '/products', search: ((before: object) => before) as never }));
  usePaletteActions(create ? [{ id: 'new-product', text: t('new'), icon: 'plus', run: create }] : []);

  const edit = async (row: Product, field: string, value: unknown) => {
    const currency = /^price_(\w+)$/.exec(field)?.[1];
    await products.change(
      row,
      currency ? { prices: withPrice(row.prices, currency, value as Product['prices'][0] | null) } : { [field]: value },
    );
  };
  return (
    <Page title={t('title')} fill>
      <ListHead of={listed} words={t} create={create} />
      <ListTable
        of={listed}
        label={t('title')}
        rows={listed.list.rows}
        words={t}
        columns={columns}
        onOpen={(row) => {
          visited(PRODUCTS, row.id);
          go(row.id);
        }}
        onEdit={may('change', PRODUCTS) ? edit : undefined}
        card={(row) => <ProductLine row={row} />}
        fresh={all === '0' && <ListFresh kind={PRODUCTS} words={t} create={create} />}
      />
      {listed.state.asked.removed ? <BinActs {...listed.chosen} /> : <ProductBulk {...listed.chosen} />}
      {create && <ThumbButton label={t('new')} onClick={create} />}
      <ProductDrawer id={undefined} opened={making} onClose={() => setMaking(false)} />
      <ProductDrawer id={id} opened={id !== undefined} onClose={() => go(undefined)} />
    </Page>
  );
}

/** Currencies that the first products have prices in. */
function useKnownCurrencies(usual: string | undefined): readonly string[] {
  const { rows } = useList(PRODUCTS, { sort: 'name' });
  const known = currenciesOf(rows, usual).join();
  return useMemo(() => known.split(',').filter(Boolean), [known]);
}

function ProductLine({ row }: { row: Product }) {
  const [t, format, usual] = [useProductTexts(), useFormat(), useUsualCurrency()];
  return (
    <>
      <span className={own.two}>
        <b className="ellipsis">
          <bdi>{row.name}</bdi>
        </b>
        <span className="xs muted ellipsis">
          <bdi>{row.series ?? row.code}</bdi>
        </span>
      </span>
      <span className={own.end}>
        <b>{row.prices[0] && format.money(row.prices[0], usual)}</b>
        <span className="xs muted">{row.active ? '' : t('notSold')}</span>
      </span>
    </>
  );
}

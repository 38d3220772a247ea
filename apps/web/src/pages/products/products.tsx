import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { viewOf } from '../../api/kinds.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { Empty } from '../../parts/empty.tsx';
import { FilterBar } from '../../parts/filter/filter-bar.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ImportLink } from '../../parts/import-link.tsx';
import { exportList } from '../../parts/list/bulk.ts';
import css from '../../parts/list/list.module.css';
import { useListState } from '../../parts/list/use-list-state.ts';
import { ThumbButton } from '../../parts/thumb-button.tsx';
import { ViewTabs } from '../../parts/list/view-tabs.tsx';
import { ProblemNotice, useProblemTexts } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import type { Layout } from '../../parts/table/columns.ts';
import { ColumnsMenu } from '../../parts/table/columns-menu.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useSelection } from '../../parts/table/selection.ts';
import { countQuery, useList } from '../../queries/lists.ts';
import { useHidden, useMay } from '../../queries/me.ts';
import { usePaletteActions } from '../../shell/palette/open.ts';
import { visited } from '../../shell/palette/recent.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useProductTexts } from '../../texts/products/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
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
  const [t, parts, may, acts, say] = [useProductTexts(), usePartTexts(), useMay(), useActs(), useProblemTexts()];
  const [usualCurrency, hidden, products] = [useUsualCurrency(), useHidden(PRODUCTS), useProductActs()];
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
  const { selection, set: select, clear } = useSelection();
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
  const state = useListState(PRODUCTS, usual, layout);
  const list = useList(PRODUCTS, state.asked);
  const count = useQuery(countQuery(PRODUCTS, state.asked)).data;
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
  const empty =
    all !== '0' ? (
      <Empty level={2} title={t('noneMatch')} acts={<Button onClick={() => state.open('all')}>{t('showAll')}</Button>}>
        {t('noneMatchHint')}
      </Empty>
    ) : (
      <Empty
        level={2}
        title={t('noneYet')}
        acts={
          create && (
            <>
              <Button variant="filled" onClick={create}>
                {t('new')}
              </Button>
              {may('import', PRODUCTS) && <ImportLink resource="products" text={t('import')} />}
            </>
          )
        }
      >
        {t('noneYetHint')}
      </Empty>
    );
  return (
    <Page title={t('title')} fill>
      <div className={css.top}>
        <ViewTabs state={state} label={t('views')} />
        <div className={`${css.acts} desk-only`}>
          {may('import', PRODUCTS) && <ImportLink resource="products" text={t('import')} subtle />}
          {may('export', PRODUCTS) && (
            <Button
              variant="subtle"
              leftSection={<Icon name="export" />}
              onClick={() => void exportList(PRODUCTS, state.asked, t('file')).catch(acts.refused)}
            >
              {parts('export')}
            </Button>
          )}
          {create && (
            <Button variant="filled" leftSection={<Icon name="plus" />} onClick={create}>
              {t('new')}
            </Button>
          )}
        </div>
      </div>
      <div className={css.tools}>
        <FilterBar
          view={viewOf(PRODUCTS)}
          filter={state.filter}
          onFilter={state.setFilter}
          search={state.asked.search}
          onSearch={state.setSearch}
          hidden={hidden}
          matching={count && parts('matching', { n: Number.parseInt(count, 10) })}
        />
        <span className="desk-only">
          <ColumnsMenu columns={columns} layout={state.layout} usual={layout} onLayout={state.setLayout} />
        </span>
      </div>
      {list.error ? (
        <ProblemNotice error={list.error} again={() => void list.refetch()} />
      ) : (
        <DataTable
          label={t('title')}
          kind={PRODUCTS}
          rows={list.rows}
          columns={columns}
          layout={state.layout}
          onLayout={state.setLayout}
          sort={state.asked.sort}
          onSort={state.setSort}
          nameOf={(row) => row.name}
          loading={list.isPending}
          hasMore={list.hasNextPage}
          onMore={() => {
            if (!list.isFetchingNextPage) void list.fetchNextPage();
          }}
          count={count}
          selection={selection}
          onSelect={select}
          onOpen={(row) => {
            visited(PRODUCTS, row.id);
            go(row.id);
          }}
          onEdit={may('change', PRODUCTS) ? edit : undefined}
          sayRefusal={(error) => {
            const { title, detail } = say(error);
            return `${title} ${detail ?? ''}`;
          }}
          card={(row) => <ProductLine row={row} />}
          empty={empty}
        />
      )}
      <ProductBulk
        kind={PRODUCTS}
        selection={selection}
        asked={state.asked}
        count={count ?? '0'}
        onAll={() => select({ ids: selection.ids, all: true })}
        onClear={clear}
      />
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

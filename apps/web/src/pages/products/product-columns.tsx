import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { Badge } from '../../parts/badge.tsx';
import { CellChoice, CellMoney, CellText } from '../../parts/fields/cell-editors.tsx';
import { useFieldTexts } from '../../parts/filter/use-sentence.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { useHidden, useMay } from '../../queries/me.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { useProductTexts } from '../../texts/products/index.ts';
import { PRODUCTS, type Product } from './product.ts';
import type { Usage } from './use-usage.ts';

/** What the list of products can show: a column of prices per currency, and how each sells where figures may be seen. */
export function useProductColumns(
  currencies: readonly string[],
  usage: ReadonlyMap<string, Usage> | undefined,
): readonly Column<Product>[] {
  const [t, parts, format, usual, fieldOf] = [useProductTexts(), usePartTexts(), useFormat(), useUsualCurrency(), useFieldTexts()];
  const [may, hidden] = [useMay(), useHidden(PRODUCTS)];
  const changes = may('change', PRODUCTS);
  const known = currencies.join();
  return useMemo(() => {
    const none = <span className="faint">{parts('none')}</span>;
    const text = (field: 'code' | 'series' | 'externalId', width: number): Column<Product> => ({
      field,
      header: fieldOf(field),
      width,
      sortable: true,
      cell: (row) => (row[field] ? <bdi className="muted ellipsis">{row[field]}</bdi> : none),
      edit: changes ? ({ row, ...how }) => <CellText label={fieldOf(field)} value={row[field]} {...how} /> : undefined,
    });
    const all: Column<Product>[] = [
      {
        field: 'name',
        header: fieldOf('name'),
        width: 240,
        fixed: true,
        sortable: true,
        cell: (row) => (
          <Link to="/products/$id" params={{ id: row.id }} search={(before) => before as never} className="medium ellipsis plain-link">
            <bdi>{row.name}</bdi>
          </Link>
        ),
        edit: changes ? ({ row, ...how }) => <CellText label={fieldOf('name')} value={row.name} {...how} /> : undefined,
      },
      text('code', 150),
      text('series', 120),
      ...known
        .split(',')
        .filter(Boolean)
        .map((currency): Column<Product> => ({
          field: `price_${currency}`,
          header: t('priceIn', { currency }),
          width: 130,
          end: true,
          cell: (row) => {
            const price = row.prices.find((one) => one.currency === currency);
            return price ? format.money(price, usual) : none;
          },
          edit: changes
            ? ({ row, keep, drop }) => (
                <CellMoney
                  label={t('priceIn', { currency })}
                  value={row.prices.find((one) => one.currency === currency)}
                  usual={currency}
                  keep={keep}
                  drop={drop}
                />
              )
            : undefined,
        })),
      {
        field: 'active',
        header: t('sold'),
        width: 110,
        sortable: true,
        cell: (row) => <Badge tone={row.active ? 'good' : 'line'}>{t(row.active ? 'isSold' : 'notSold')}</Badge>,
        edit: changes
          ? ({ row, keep, drop }) => (
              <CellChoice
                label={t('sold')}
                value={String(row.active)}
                options={[
                  { value: 'true', label: t('isSold') },
                  { value: 'false', label: t('notSold') },
                ]}
                keep={(value) => keep(value === 'true')}
                drop={drop}
              />
            )
          : undefined,
      },
      ...(usage
        ? ([
            {
              field: 'won',
              header: t('dealsWon'),
              width: 110,
              end: true,
              cell: (row) => format.number(usage.get(row.id)?.won ?? 0),
            },
            {
              field: 'wonValue',
              header: t('wonValue'),
              width: 140,
              end: true,
              cell: (row) => {
                const sums = usage.get(row.id)?.wonValue ?? [];
                return sums.length > 0 ? <span className="medium">{format.sums(sums, usual)}</span> : none;
              },
            },
            {
              field: 'open',
              header: t('dealsOpen'),
              width: 110,
              end: true,
              cell: (row) => format.number(usage.get(row.id)?.open ?? 0),
            },
          ] satisfies Column<Product>[])
        : []),
      text('externalId', 150),
      {
        field: 'createdAt',
        header: fieldOf('createdAt'),
        width: 120,
        sortable: true,
        cell: (row) => (
          <time className="muted" dateTime={row.createdAt} title={format.moment(row.createdAt)}>
            {format.date(row.createdAt)}
          </time>
        ),
      },
    ];
    return all.filter(({ field }) => !hidden.includes(field.replace(/_.*/, 's')));
  }, [t, parts, format, usual, fieldOf, changes, hidden, known, usage]);
}

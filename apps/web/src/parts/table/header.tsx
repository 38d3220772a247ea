import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { usePartTexts } from '../../texts/parts/index.ts';
import { useLanguage } from '../../theme/use-look.ts';
import { Icon } from '../icon.tsx';
import { NARROWEST, nextSort, sortOf, WIDEST, withWidth, type Column, type Layout } from './columns.ts';
import css from './table.module.css';
import { Tick } from './tick.tsx';

const features = tableFeatures({ columnOrderingFeature, columnResizingFeature, columnSizingFeature, columnVisibilityFeature });
const NO_ROWS: never[] = [];

type Props<Row> = {
  columns: readonly Column<Row>[];
  layout: Layout;
  onLayout?: (layout: Layout) => void;
  template: string;
  sort?: string;
  onSort?: (sort: string | undefined) => void;
  /** Of the box above the rows. */
  ticked?: 'none' | 'some' | 'all';
  onTick?: () => void;
};

/** The head of a list: names to sort by, edges to pull. Widths and their order are the table's, rows are the list's own. */
export function Header<Row>({ columns, layout, onLayout, template, sort, onSort, ticked, onTick }: Props<Row>) {
  const t = usePartTexts();
  const language = useLanguage();
  const definitions = useMemo(
    () => columns.map(({ field, header, width }) => ({ id: field, header, size: width, minSize: NARROWEST, maxSize: WIDEST })),
    [columns],
  );
  const sizes = useMemo(() => Object.fromEntries(columns.map(({ field, width }) => [field, width])), [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    columnResizeMode: 'onEnd',
    columnResizeDirection: language === 'he' ? 'rtl' : 'ltr',
    state: { columnSizing: sizes },
    onColumnSizingChange: (updater) => {
      const next = typeof updater === 'function' ? updater(sizes) : updater;
      const changed = Object.entries(next).find(([field, width]) => sizes[field] !== width);
      if (changed) onLayout?.(withWidth(layout, changed[0], changed[1]));
    },
  });
  const [group] = table.getHeaderGroups();
  return (
    <div className={css.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
      {onTick && (
        <div className={`${css.th} ${css.tick} ${css.pin}`} role="columnheader" aria-label={t('selectAll')}>
          <Tick label={t('selectAll')} checked={ticked === 'all'} some={ticked === 'some'} onTick={onTick} />
        </div>
      )}
      {columns.map((column, at) => {
        const header = group?.headers[at];
        const sorted = sortOf(sort, column.field);
        return (
          <div
            key={column.field}
            role="columnheader"
            aria-sort={sorted}
            className={[css.th, column.end ? css.end : '', at === 0 ? (onTick ? css.pin2 : css.pin) : ''].join(' ')}
          >
            {column.sortable && onSort ? (
              <button
                type="button"
                className={css.sort}
                onClick={() => onSort(nextSort(sort, column.field))}
                title={t('sortBy', { column: column.header })}
              >
                {sorted && <Icon name={sorted === 'ascending' ? 'arrowUp' : 'arrowDown'} size="s" />}
                <span className="ellipsis">{column.header}</span>
                {sorted && <span className="sr">{t(sorted === 'ascending' ? 'sortedUp' : 'sortedDown')}</span>}
              </button>
            ) : (
              <span className="ellipsis">{column.header}</span>
            )}
            {onLayout && header && (
              // By keyboard the column that the keys are on is pulled with Alt and the arrows.
              <span
                aria-hidden="true"
                title={t('resize', { column: column.header })}
                className={css.resize}
                data-moving={header.column.getIsResizing() || undefined}
                onMouseDown={header.getResizeHandler()}
                onTouchStart={header.getResizeHandler()}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

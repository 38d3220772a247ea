import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useFormat } from '../../format/use-format.ts';
import { showWaiting, useTouched, useWaiting } from '../../live/rows.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { useLook } from '../../theme/use-look.ts';
import { Skeleton } from '../skeleton.tsx';
import { useIsNarrow } from '../use-is-narrow.ts';
import { CardList } from './card-list.tsx';
import { shownColumns, withWidth, type Column, type Layout } from './columns.ts';
import { Header } from './header.tsx';
import { TableRow, type Editing } from './row.tsx';
import { isSelected, page, reached, toggled, type Selection } from './selection.ts';
import css from './table.module.css';

export type TableProps<Row extends { id: string }> = {
  /** What the list is called, for those who hear it. */
  label: string;
  kind: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  layout: Layout;
  onLayout?: (layout: Layout) => void;
  sort?: string;
  onSort?: (sort: string | undefined) => void;
  nameOf: (row: Row) => string;
  loading?: boolean;
  hasMore?: boolean;
  onMore?: () => void;
  /** How many there are in all, as text. */
  count?: string;
  selection?: Selection;
  onSelect?: (selection: Selection) => void;
  onOpen?: (row: Row) => void;
  /** Keeps an edited value, `row` as it was when the editor opened. What it throws is said at the cell, whose value goes back. */
  onEdit?: (row: Row, field: string, value: unknown) => Promise<unknown>;
  /** What is shown of a refusal. */
  sayRefusal?: (error: unknown) => string;
  /** A row on a phone. */
  card: (row: Row) => ReactNode;
  totals?: ReactNode;
  empty: ReactNode;
};

const AHEAD = 30;
const PULL = 16;

/** A list as high as its page: only what is visible is drawn, only what is scrolled to is asked for; all of it by keyboard. */
export function DataTable<Row extends { id: string }>(props: TableProps<Row>) {
  const { rows, columns, layout, hasMore, onMore, selection, onSelect } = props;
  const t = usePartTexts();
  const format = useFormat();
  const narrow = useIsNarrow();
  const waiting = useWaiting(props.kind);
  const shown = useMemo(() => shownColumns(columns, layout), [columns, layout]);
  // What is left over goes to the last column; numbers would stand far from their heads' neighbours there, so then to the first.
  const slack = shown.at(-1)?.end ? 0 : shown.length - 1;
  const template = useMemo(
    () =>
      [...(onSelect ? ['40px'] : []), ...shown.map(({ width }, at) => (at === slack ? `minmax(${width}px, 1fr)` : `${width}px`))].join(' '),
    [shown, slack, onSelect],
  );
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const some = selection && (selection.all || selection.ids.size > 0);
  const isEmpty = rows.length === 0 && !props.loading;
  return (
    <div className={css.frame}>
      {waiting > 0 && (
        <button type="button" className={css.new} onClick={() => void showWaiting(props.kind)}>
          {t('newRows', { n: waiting })}
        </button>
      )}
      {isEmpty ? (
        <div className={css.emptyBody}>{props.empty}</div>
      ) : narrow ? (
        <CardList rows={rows} card={props.card} label={props.label} onOpen={props.onOpen} hasMore={hasMore} onMore={onMore} />
      ) : (
        <Grid {...props} shown={shown} template={template} ids={ids}>
          <Header
            columns={shown}
            layout={layout}
            onLayout={props.onLayout}
            template={template}
            sort={props.sort}
            onSort={props.onSort}
            ticked={!some ? 'none' : selection.all || ids.every((id) => selection.ids.has(id)) ? 'all' : 'some'}
            onTick={onSelect && selection ? () => onSelect(page(selection, ids)) : undefined}
          />
        </Grid>
      )}
      {!isEmpty && (
        <div className={`${css.foot} desk-only`}>
          <span>
            {t.rich('rowsShown', { from: 1, to: rows.length, all: <strong>{props.count ? format.count(props.count) : '…'}</strong> })}
          </span>
          {props.totals}
          {hasMore && <span className="end">{t('scrollForMore')}</span>}
        </div>
      )}
    </div>
  );
}

type GridProps<Row extends { id: string }> = TableProps<Row> & {
  shown: readonly Column<Row>[];
  template: string;
  ids: readonly string[];
  children: ReactNode;
};

function Grid<Row extends { id: string }>({ children, shown, template, ids, ...props }: GridProps<Row>) {
  const { rows, selection, onSelect, hasMore, onMore, onOpen, onEdit } = props;
  const t = usePartTexts();
  const look = useLook();
  const touched = useTouched(props.kind);
  const scroll = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const [editing, setEditing] = useState<Editing<Row>>();
  const [refused, setRefused] = useState<{ id: string; field: string; text: string }>();
  const height = useRowHeight(look.density);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 4,
    scrollPaddingStart: 40,
    scrollPaddingEnd: 8,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) onMore?.();
  }, [hasMore, last, rows.length, onMore]);

  const active = Math.min(at.row, rows.length - 1);
  const go = (row: number, column = at.column) => {
    const next = Math.max(0, Math.min(rows.length - 1, row));
    setAt({ row: next, column: Math.max(0, Math.min(shown.length - 1, column)) });
    virtual.scrollToIndex(next);
  };
  const edit = (row: number, column: number) => {
    const [begun, field] = [rows[row], shown[column]?.edit && shown[column].field];
    if (!onEdit || !begun || !field) return;
    setAt({ row, column });
    setRefused(undefined);
    setEditing({ row: begun, field });
  };
  const stop = () => {
    setEditing(undefined);
    scroll.current?.focus({ preventScroll: true });
  };
  const select = (range: boolean, id = ids[active]) => {
    if (id !== undefined && selection) onSelect?.(range ? reached(selection, ids, id) : toggled(selection, id));
  };
  const editHere = () => edit(active, shown[at.column]?.edit ? at.column : shown.findIndex((column) => column.edit));
  useShortcuts([
    { keys: 'KeyJ', run: () => go(active + 1), says: t('keyDown') },
    { keys: 'KeyK', run: () => go(active - 1), says: t('keyUp') },
    ...(onSelect
      ? [
          { keys: 'KeyX', run: () => select(false), says: t('keySelect') },
          { keys: 'Shift+KeyX', run: () => select(true), says: t('keyRange') },
        ]
      : []),
    ...(onEdit ? [{ keys: 'KeyE', run: editHere, says: t('keyEdit') }] : []),
    ...(onOpen ? [{ keys: 'Enter', run: () => rows[active] && onOpen(rows[active]), says: t('keyOpen') }] : []),
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroll.current) return;
    const forward = document.documentElement.dir === 'rtl' ? -1 : 1;
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 400) / height) - 2);
    const act: Record<string, () => void> = {
      ArrowDown: () => (event.shiftKey && onSelect ? (select(true), go(active + 1)) : go(active + 1)),
      ArrowUp: () => (event.shiftKey && onSelect ? (select(true), go(active - 1)) : go(active - 1)),
      ArrowRight: () => go(active, at.column + forward),
      ArrowLeft: () => go(active, at.column - forward),
      PageDown: () => go(active + page),
      PageUp: () => go(active - page),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ' ': () => select(event.shiftKey),
      F2: editHere,
    };
    const pull = event.altKey ? { ArrowRight: forward, ArrowLeft: -forward }[event.key] : undefined;
    const column = shown[at.column];
    const run =
      pull && column
        ? () => props.onLayout?.(withWidth(props.layout, column.field, column.width + pull * PULL))
        : event.altKey
          ? undefined
          : act[event.key];
    if (!run || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    run();
  };
  const latest = useRef({ select, edit, stop, onEdit, sayRefusal: props.sayRefusal });
  useEffect(() => {
    latest.current = { select, edit, stop, onEdit, sayRefusal: props.sayRefusal };
  });
  const onTick = useCallback((id: string, range: boolean) => latest.current.select(range, id), []);
  const onPoint = useCallback((row: number, column: number) => setAt({ row, column }), []);
  const onEditCell = useCallback((row: number, column: number) => latest.current.edit(row, column), []);
  const onDrop = useCallback(() => latest.current.stop(), []);
  const onKeep = useCallback((row: Row, field: string, value: unknown) => {
    latest.current.stop();
    latest.current
      .onEdit?.(row, field, value)
      .catch((error: unknown) => setRefused({ id: row.id, field, text: latest.current.sayRefusal?.(error) ?? String(error) }));
  }, []);
  return (
    <div
      ref={scroll}
      className={css.scroll}
      role="grid"
      aria-label={props.label}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-multiselectable={onSelect ? true : undefined}
      aria-activedescendant={!editing && items.some(({ index }) => index === active) ? `cell-${active}-${at.column}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {children}
      <div className={css.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index]!;
          return (
            <TableRow
              key={row.id}
              id={row.id}
              row={row}
              name={props.nameOf(row)}
              place={item.index}
              top={item.start}
              columns={shown}
              template={template}
              selectable={onSelect !== undefined}
              selected={selection !== undefined && isSelected(selection, row.id)}
              active={item.index === active ? at.column : undefined}
              editing={editing?.row.id === row.id ? editing : undefined}
              refusal={refused?.id === row.id ? refused : undefined}
              touched={touched(row.id)}
              onTick={onTick}
              onPoint={onPoint}
              onEdit={onEditCell}
              onOpen={onOpen}
              onKeep={onKeep}
              onDrop={onDrop}
            />
          );
        })}
      </div>
      {props.loading && rows.length === 0 && Array.from({ length: 12 }, (_, line) => <Ghost key={line} line={line} />)}
    </div>
  );
}

const Ghost = ({ line }: { line: number }) => (
  <div className={css.ghost} aria-hidden="true">
    <Skeleton widths={[40 + ((line * 17) % 45)]} />
  </div>
);

/** The height of a row in this density, of the stylesheet. */
function useRowHeight(density: string | undefined): number {
  return useMemo(() => {
    void density;
    return Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row-h'), 10) || 36;
  }, [density]);
}

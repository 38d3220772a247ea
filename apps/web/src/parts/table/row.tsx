import { memo, type CSSProperties } from 'react';
import { usePartTexts } from '../../texts/parts/index.ts';
import type { Column } from './columns.ts';
import css from './table.module.css';
import { Tick } from './tick.tsx';

/** A cell that is being edited. `row`: as it was when its editor opened; what is heard of meanwhile is no part of what the editor has seen. */
export type Editing<Row> = { row: Row; field: string };

export type RowProps<Row> = {
  id: string;
  row: Row;
  name: string;
  place: number;
  top: number;
  columns: readonly Column<Row>[];
  template: string;
  selectable: boolean;
  selected: boolean;
  /** The column that keys act on, where this row is the one they act on. */
  active?: number;
  editing?: Editing<Row>;
  refusal?: { field: string; text: string };
  touched: boolean;
  onTick: (id: string, range: boolean) => void;
  onPoint: (place: number, column: number) => void;
  onEdit: (place: number, column: number) => void;
  onOpen?: (row: Row) => void;
  onKeep: (row: Row, field: string, value: unknown) => void;
  onDrop: () => void;
};

function RowOf<Row>(props: RowProps<Row>) {
  const { id, row, name, place, top, columns, template, selectable, selected, active, editing, refusal, touched } = props;
  const t = usePartTexts();
  const style: CSSProperties = { gridTemplateColumns: template, transform: `translateY(${top}px)` };
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      aria-selected={selectable ? selected : undefined}
      className={css.row}
      style={style}
      data-active={active === undefined ? undefined : ''}
    >
      {selectable && (
        <div role="gridcell" className={`${css.td} ${css.tick} ${css.pin}`}>
          <Tick label={t('selectRow', { name })} checked={selected} onTick={(event) => props.onTick(id, event.shiftKey)} />
        </div>
      )}
      {columns.map((column, at) => {
        const edited = editing?.field === column.field && column.edit ? editing.row : undefined;
        return (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the focus and the keys
          <div
            key={column.field}
            id={`cell-${place}-${at}`}
            role="gridcell"
            className={[css.td, column.end ? css.end : '', at === 0 ? (selectable ? css.pin2 : css.pin) : ''].join(' ')}
            data-active={active === at ? '' : undefined}
            data-editing={edited && ''}
            data-touched={touched && at > 0 ? '' : undefined}
            onClick={() => props.onPoint(place, at)}
            onDoubleClick={() => (column.edit ? props.onEdit(place, at) : props.onOpen?.(row))}
          >
            {edited
              ? column.edit!({ row: edited, keep: (value) => props.onKeep(edited, column.field, value), drop: props.onDrop })
              : column.cell(row)}
            {refusal?.field === column.field && (
              <span className={css.refusal} role="alert">
                {refusal.text}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** A row of a list; shown anew only when something of it changed. */
export const TableRow = memo(RowOf) as typeof RowOf;

import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { Card } from '../../parts/card.tsx';
import { Icon } from '../../parts/icon.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import { csvOf } from './csv.ts';
import css from './figures.module.css';
import { NumberTable, type NumberRow } from './number-table.tsx';

type Props = {
  title: string;
  about?: string;
  query: { error: unknown; isPending: boolean; refetch: () => unknown };
  /** The picture; absent where the table is the picture. */
  children?: ReactNode;
  table?: { head: readonly string[]; rows: readonly NumberRow[]; dense?: boolean };
  /** The table is only for the file and for those who do not see the picture, which says the same. */
  tableHidden?: boolean;
  height?: number;
};

/** A picture and its numbers, which can be saved as a file. */
export function FigureCard({ title, about, query, children, table, tableHidden = false, height = 200 }: Props) {
  const t = useFiguresTexts();
  if (query.error)
    return (
      <Card title={title}>
        <ProblemNotice error={query.error} again={() => void query.refetch()} />
      </Card>
    );
  if (query.isPending)
    return (
      <Card title={title} count={about}>
        <div style={{ minHeight: height }}>
          <Skeleton widths={[90, 60, 80, 40, 70]} height={18} />
        </div>
      </Card>
    );
  const save = () => {
    if (!table) return;
    const rows = table.rows.map(({ name, cells }) => [
      name,
      ...cells.map(({ raw, text }) => raw ?? (typeof text === 'string' ? text : '')),
    ]);
    saveFile(new Blob([csvOf(table.head, rows)], { type: 'text/csv' }), `${title}.csv`);
  };
  const isEmpty = table?.rows.length === 0;
  return (
    <Card
      title={title}
      count={about}
      flush
      className={css.figure}
      end={
        table &&
        !isEmpty && (
          <ActionIcon aria-label={t('saveTable', { title })} onClick={save}>
            <Icon name="export" />
          </ActionIcon>
        )
      }
    >
      {isEmpty ? <p className={`${css.pad} muted sm`}>{t('nothingHere')}</p> : children && <div className={css.pad}>{children}</div>}
      {table && !isEmpty && !tableHidden && <NumberTable label={title} {...table} />}
    </Card>
  );
}

import { useQueries } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { useFormat } from '../../format/use-format.ts';
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useImportTexts } from '../../texts/import/index.ts';
import { importsQuery, type ImportRow } from './import-queries.ts';
import { importPath, useImportables, type Importable } from './importables.ts';
import css from './import.module.css';

export const route = createLazyRoute('/shell/import')({ component: Imports });

const SHOWN = 50;
const TONES = {
  ready: undefined,
  checking: 'act',
  checked: undefined,
  running: 'act',
  done: 'good',
  failed: 'attn',
  cancelled: 'attn',
  expired: undefined,
} as const;

/** Where an import begins: what is in the file; and those that were. */
function Imports() {
  const t = useImportTexts();
  const among = useImportables();
  if (among.length === 0)
    return (
      <Page title={t('title')}>
        <Empty level={2} title={t('mayNot')}>
          {t('mayNotHint')}
        </Empty>
      </Page>
    );
  return (
    <Page title={t('title')}>
      <div className={css.stack}>
        <Card title={t('whatTitle')} count={t('whatHint')}>
          <ul className={css.kinds}>
            {among.map((of) => (
              <li key={of.resource}>
                <Link to={importPath(of)} className={css.kind}>
                  <Icon name={of.icon} />
                  <span>
                    <b>{t(of.resource)}</b>
                    <span>{t(`${of.resource}Hint`)}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </Card>
        <Former among={among} />
      </div>
    </Page>
  );
}

function Former({ among }: { among: readonly Importable[] }) {
  const t = useImportTexts();
  const lists = useQueries({ queries: among.map(importsQuery) });
  const error = lists.find((list) => list.error)?.error;
  const rows = lists
    .flatMap(({ data }, at) => (data ?? []).map((row) => ({ row, of: among[at]! })))
    .sort((a, b) => (a.row.createdAt < b.row.createdAt ? 1 : -1))
    .slice(0, SHOWN);
  if (error) return <ProblemNotice error={error} again={() => lists.forEach((list) => void list.refetch())} />;
  if (lists.some(({ isPending }) => isPending))
    return (
      <Card title={t('former')}>
        <Skeleton widths={[90, 80, 85, 70]} />
      </Card>
    );
  if (rows.length === 0)
    return (
      <Card title={t('former')}>
        <Empty title={t('noFormer')}>{t('noFormerHint')}</Empty>
      </Card>
    );
  return (
    <Card title={t('former')} flush>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('file')}</th>
              <th scope="col" className={css.wide}>
                {t('what')}
              </th>
              <th scope="col" className={css.wide}>
                {t('when')}
              </th>
              <th scope="col" className={css.wide}>
                {t('who')}
              </th>
              <th scope="col" className={css.n}>
                {t('rows')}
              </th>
              <th scope="col">{t('outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, of }) => (
              <FormerRow key={row.id} row={row} of={of} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function FormerRow({ row, of }: { row: ImportRow; of: Importable }) {
  const [t, format] = [useImportTexts(), useFormat()];
  const { created, updated, rejected } = row.counts;
  return (
    <tr>
      <td>
        <Link to="/imports/$id" params={{ id: row.id }} search={{ of: of.resource }} className="medium plain-link">
          <bdi>{row.label ?? t('unnamed')}</bdi>
        </Link>
      </td>
      <td className={css.wide}>{t(of.resource)}</td>
      <td className={css.wide}>
        <time className="muted" dateTime={row.createdAt} title={format.moment(row.createdAt)}>
          {format.dateTime(row.createdAt)}
        </time>
      </td>
      <td className={`${css.wide} muted`}>
        <RecordName kind="workspace.user" id={row.ownerId} plain />
      </td>
      <td className={css.n}>{format.number(row.rows)}</td>
      <td>
        <span className="row wrap">
          {row.undone ? <Badge>{t('status_undone')}</Badge> : <Badge tone={TONES[row.status]}>{t(`status_${row.status}`)}</Badge>}
          {['done', 'cancelled', 'failed', 'expired'].includes(row.status) && (
            <span className={`${css.wide} muted xs`}>{t('doneOf', { created, updated })}</span>
          )}
          {rejected > 0 && <span className="attn xs">{t('rejectedN', { n: rejected })}</span>}
        </span>
      </td>
    </tr>
  );
}

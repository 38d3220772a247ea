import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useParams, useSearch } from '@tanstack/react-router';
import { ApiProblem } from '../../api/problem.ts';
import { useFormat } from '../../format/use-format.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useImportTexts } from '../../texts/import/index.ts';
import { ColumnsCard } from './columns-card.tsx';
import { FindingsCard } from './findings-card.tsx';
import { Foot } from './foot.tsx';
import { findingsQuery, importQuery, isBusy, placeQuery, type ImportPage } from './import-queries.ts';
import { importableOf, importPath, useImportables, type Importable } from './importables.ts';
import css from './import.module.css';
import { OutcomeCard } from './outcome-card.tsx';
import { RuleCard } from './rule-card.tsx';
import { Steps, type Step } from './steps.tsx';
import { useImportEnd } from './use-import-end.ts';

export const route = createLazyRoute('/shell/imports/$id')({ component: Import });

/** One import, from its columns to what it came to and back again. It is found again by its address alone. */
function Import() {
  const { id } = useParams({ from: '/shell/imports/$id' });
  const { of: named } = useSearch({ from: '/shell/imports/$id' });
  const among = useImportables();
  const known = named === undefined ? undefined : importableOf(named);
  const place = useQuery({ ...placeQuery(among, id), enabled: known === undefined });
  const of = known ?? place.data ?? undefined;
  if (place.error) return <Missing error={place.error} />;
  if (!of && place.data === undefined) return <Waiting />;
  if (!of || !among.includes(of)) return <Missing />;
  return <Found of={of} id={id} />;
}

function Found({ of, id }: { of: Importable; id: string }) {
  const { data: page, error, refetch } = useQuery(importQuery(of, id));
  if (error && !page)
    return error instanceof ApiProblem && error.status === 404 ? <Missing /> : <Missing error={error} again={() => void refetch()} />;
  if (!page) return <Waiting of={of} />;
  return <Shown of={of} page={page} />;
}

const STEP: Record<ImportPage['status'], Step> = {
  ready: 'columns',
  checking: 'check',
  checked: 'run',
  running: 'run',
  failed: 'run',
  done: 'over',
  cancelled: 'over',
  expired: 'over',
};

function Shown({ of, page }: { of: Importable; page: ImportPage }) {
  const t = useImportTexts();
  useImportEnd(of, page);
  const { data: all } = useQuery(findingsQuery(of, page));
  const findings = all ?? page.firstFindings;
  const over = ['done', 'cancelled', 'expired'].includes(page.status);
  const title = page.label ?? t('unnamed');
  return (
    <Page
      title={title}
      crumbs={[
        { text: t('title'), to: '/import' },
        { text: t(of.resource), to: importPath(of) },
      ]}
    >
      <div className={css.whole}>
        <div className={css.head}>
          <Steps at={STEP[page.status]} />
          <About of={of} page={page} />
        </div>
        {page.status === 'expired' && <Notice>{t('expired')}</Notice>}
        {page.status === 'failed' && (
          <Notice wrong>
            <strong>{t('failed')}</strong> {page.problem && <bdi>{page.problem}</bdi>} {t('failedNext')}
          </Notice>
        )}
        {page.status === 'cancelled' && <Notice>{t('stopped')}</Notice>}
        {(over || page.status === 'checked' || page.status === 'failed') && <OutcomeCard of={of} page={page} />}
        {over ? (
          page.status !== 'expired' && findings.length > 0 && <FindingsCard of={of} page={page} findings={findings} />
        ) : (
          <div className={css.two}>
            <ColumnsCard of={of} page={page} findings={findings} />
            <div className={css.stack}>
              <FindingsCard of={of} page={page} findings={findings} />
              <RuleCard of={of} page={page} />
            </div>
          </div>
        )}
        {!over && <Foot of={of} page={page} />}
      </div>
    </Page>
  );
}

const SIGNS: Record<string, 'byComma' | 'bySemicolon' | 'byTab'> = { ',': 'byComma', ';': 'bySemicolon', '\t': 'byTab' };

/** What was recognised of the file. */
function About({ of, page }: { of: Importable; page: ImportPage }) {
  const [t, format] = [useImportTexts(), useFormat()];
  const sign = SIGNS[page.delimiter];
  const parts = [
    t('rowsN', { n: page.rows }),
    t('columnsN', { n: page.columns.length }),
    sign ? t(sign) : t('byOther', { sign: page.delimiter }),
    format.dateTime(page.createdAt),
  ];
  return (
    <p className={css.about}>
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
      {!isBusy(page.status) && <Link to={importPath(of)}>{t(page.status === 'ready' ? 'otherFile' : 'newImport')}</Link>}
    </p>
  );
}

function Waiting({ of }: { of?: Importable }) {
  const t = useImportTexts();
  return (
    <Page title={of ? t(of.resource) : t('title')} crumbs={[{ text: t('title'), to: '/import' }]}>
      <Card title={t('whichColumn')}>
        <Skeleton widths={[90, 85, 88, 80, 86]} height={18} />
      </Card>
    </Page>
  );
}

function Missing({ error, again }: { error?: unknown; again?: () => void }) {
  const t = useImportTexts();
  return (
    <Page title={t('title')} crumbs={[{ text: t('title'), to: '/import' }]}>
      {error ? (
        <ProblemNotice error={error} again={again} />
      ) : (
        <Empty level={2} title={t('notThere')}>
          {t('notThereHint')}
        </Empty>
      )}
    </Page>
  );
}

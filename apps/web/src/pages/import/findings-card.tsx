import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { useFormat } from '../../format/use-format.ts';
import { useImportTexts } from '../../texts/import/index.ts';
import { grouped, type FindingGroup } from './findings.ts';
import type { Finding, ImportPage } from './import-queries.ts';
import type { Importable } from './importables.ts';
import css from './import.module.css';
import { useFieldNames } from './use-field-names.ts';

const SHOWN_ROWS = 12;
const COUNTED = 1_000;

/** What was found of the rows, what says the same together: where, what is wrong, what would be right. */
export function FindingsCard({ page, findings }: { of: Importable; page: ImportPage; findings: readonly Finding[] }) {
  const t = useImportTexts();
  const groups = grouped(findings);
  if (page.status === 'ready' || page.status === 'checking')
    return (
      <Card title={t('findings')}>
        <p className="muted sm">{t('findingsLater')}</p>
      </Card>
    );
  if (groups.length === 0)
    return (
      <Card title={t('findings')}>
        <Empty title={t('noFindings')}>{t('noFindingsHint')}</Empty>
      </Card>
    );
  return (
    <Card title={t('findings')} count={t('findingsN', { n: groups.length })} flush>
      <ul>
        {groups.map((group) => (
          <Group key={group.key} group={group} page={page} />
        ))}
      </ul>
      {findings.length >= COUNTED && <p className={`${css.finding} muted`}>{t('firstOnly', { n: COUNTED })}</p>}
    </Card>
  );
}

function Group({ group, page }: { group: FindingGroup; page: ImportPage }) {
  const [t, format, nameOf] = [useImportTexts(), useFormat(), useFieldNames(page.fields)];
  const { column, field, severity, problem, hint, rows } = group;
  const shown = format.list(rows.slice(0, SHOWN_ROWS).map((row) => format.number(row)));
  return (
    <li className={css.finding}>
      <span className={css.findingHead}>
        <Badge tone={severity === 'rejected' ? 'attn' : undefined}>
          {severity === 'rejected' ? t('rejectedN', { n: rows.length }) : t('notedN', { n: rows.length })}
        </Badge>
        <strong>{column === undefined ? field === undefined ? t('wholeRow') : nameOf(field) : <bdi>{column}</bdi>}</strong>
      </span>
      {/* What the server says of a cell it says in English, whatever the pages speak. */}
      <span lang="en">
        <bdi>{problem}</bdi>
      </span>
      {hint && (
        <span className="muted">
          {column === undefined && field === undefined ? <bdi>{hint}</bdi> : t.rich('right', { hint: <bdi key="hint">{hint}</bdi> })}
        </span>
      )}
      <span className={css.rows}>{t(rows.length > SHOWN_ROWS ? 'inRowsMore' : 'inRows', { n: rows.length, list: shown })}</span>
    </li>
  );
}

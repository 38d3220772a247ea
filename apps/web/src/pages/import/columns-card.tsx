import { Select } from '@mantine/core';
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { useActs } from '../../shell/use-acts.ts';
import { useImportTexts } from '../../texts/import/index.ts';
import { changeImport, isBusy, type Finding, type ImportPage, type ImportPatch } from './import-queries.ts';
import { MONEY, TAKES_OWN_FIELDS, type Importable } from './importables.ts';
import css from './import.module.css';
import { ownFieldOf } from './own-field.ts';
import { useFieldNames } from './use-field-names.ts';

const LEFT_OUT = '-';
const TIMES = ['1', '1000', '1000000'] as const;
type Column = ImportPage['columns'][number];

/** The file's columns with what stands in them, and where each goes. A change is kept at once. */
export function ColumnsCard({ of, page, findings }: { of: Importable; page: ImportPage; findings: readonly Finding[] }) {
  const [t, acts] = [useImportTexts(), useActs()];
  const change = (patch: ImportPatch) => void changeImport(of, page, patch).catch(acts.refused);
  const taken = page.columns.filter(({ field }) => field !== undefined).length;
  return (
    <Card title={t('whichColumn')} count={t('mapped', { n: taken, of: page.columns.length })} flush>
      <table className={`${css.table} ${css.columns}`}>
        <thead>
          <tr>
            <th scope="col">{t('columnInFile')}</th>
            <th scope="col">{t('looksLike')}</th>
            <th scope="col">{t('goesTo')}</th>
            <th scope="col">{t('fits')}</th>
          </tr>
        </thead>
        <tbody>
          {page.columns.map((column, at) => (
            <ColumnRow
              key={`${at} ${column.heading}`}
              of={of}
              page={page}
              column={column}
              values={page.sample.map((row) => row[at] ?? '')}
              findings={findings.filter(
                (one) =>
                  one.column === column.heading || (one.column === undefined && one.field !== undefined && one.field === column.field),
              )}
              onChange={change}
            />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function ColumnRow({
  of,
  page,
  column,
  values,
  findings,
  onChange,
}: {
  of: Importable;
  page: ImportPage;
  column: Column;
  values: readonly string[];
  findings: readonly Finding[];
  onChange: (patch: ImportPatch) => void;
}) {
  const [t, nameOf] = [useImportTexts(), useFieldNames(page.fields)];
  const { heading, field } = column;
  const own = TAKES_OWN_FIELDS.includes(of.resource) ? ownFieldOf(heading) : undefined;
  const ownFields = [...new Set([own, field?.startsWith('custom.') ? field : undefined])].filter((one) => one !== undefined);
  const options = [
    { value: LEFT_OUT, label: t('leftOut') },
    ...[...page.fields.map((one) => one.field), 'id', ...ownFields].map((value) => ({ value, label: nameOf(value) })),
  ];
  return (
    <tr className={field ? undefined : css.leftOut}>
      <td>
        <bdi className={css.heading}>{heading}</bdi>
      </td>
      <td>
        <span className={css.looks}>
          {values.slice(0, 3).map((value, at) =>
            value.trim() === '' ? (
              // oxlint-disable-next-line react/no-array-index-key -- sample values have nothing but their place
              <span key={at} className="faint">
                {t('emptyCell')}
              </span>
            ) : (
              // oxlint-disable-next-line react/no-array-index-key -- sample values have nothing but their place
              <bdi key={at} title={value}>
                {value}
              </bdi>
            ),
          )}
        </span>
      </td>
      <td>
        <span className={css.units}>
          <Select
            aria-label={heading}
            data={options}
            value={field ?? LEFT_OUT}
            allowDeselect={false}
            searchable
            disabled={isBusy(page.status)}
            onChange={(chosen) => chosen && onChange(mappedTo(page, column, chosen === LEFT_OUT ? undefined : chosen))}
          />
          {field && MONEY.includes(field) && (
            <Select
              size="xs"
              aria-label={t('unitOf', { column: heading })}
              data={[
                { value: TIMES[0], label: t('asWritten') },
                { value: TIMES[1], label: t('inThousands') },
                { value: TIMES[2], label: t('inMillions') },
              ]}
              value={String(column.times ?? 1)}
              allowDeselect={false}
              disabled={isBusy(page.status)}
              onChange={(times) => onChange({ columns: [{ heading, field, times: Number(times) as 1 | 1000 | 1000000 }] })}
            />
          )}
        </span>
      </td>
      <td>
        <Fit page={page} mapped={field !== undefined} findings={findings} />
      </td>
    </tr>
  );
}

function Fit({ page, mapped, findings }: { page: ImportPage; mapped: boolean; findings: readonly Finding[] }) {
  const t = useImportTexts();
  if (!mapped) return <span className="faint xs">{t('isLeftOut')}</span>;
  if (page.status !== 'checked' && page.status !== 'failed') return <span className="faint xs">{t('notChecked')}</span>;
  const rejected = findings.filter(({ severity }) => severity === 'rejected').length;
  if (rejected > 0) return <Badge tone="attn">{t('rejectedN', { n: rejected })}</Badge>;
  if (findings.length > 0) return <Badge>{t('notedN', { n: findings.length })}</Badge>;
  return <Badge tone="good">{t('allFit')}</Badge>;
}

/** A column goes elsewhere. A field has one column: whichever had it is left out; and rows are recognised by a field that still has one. */
export function mappedTo(page: ImportPage, column: Column, field: string | undefined): ImportPatch {
  const former = page.columns.find((one) => one.field === field && field !== undefined && one.heading !== column.heading);
  const columns = [{ heading: column.heading, ...(field ? { field } : {}) }, ...(former ? [{ heading: former.heading }] : [])];
  const after = new Set(
    page.columns.map((one) => (one.heading === column.heading ? field : one.heading === former?.heading ? undefined : one.field)),
  );
  const keys = ['id', ...page.fields.filter(({ key }) => key).map((one) => one.field)];
  if (page.match === undefined ? field === undefined || !keys.includes(field) : after.has(page.match)) return { columns } as ImportPatch;
  return { columns, match: keys.find((key) => after.has(key)) ?? null } as ImportPatch;
}

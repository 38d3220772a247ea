import { Button, Select } from '@mantine/core';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { DayField } from '../../../parts/fields/form-fields.tsx';
import { useGrantWords } from '../../../parts/grants/grant-sentence.tsx';
import { recordOf } from '../../../parts/history/events.ts';
import { RecordName } from '../../../parts/record-name.tsx';
import { useHolds } from '../../../queries/me.ts';
import type { AuditSearch } from './audit-query.ts';
import { useAuditTexts } from '../../../texts/audit/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { Chip } from '../chip.tsx';
import css from './audit.module.css';
import { ABOUT, GROUPS, type ActGroup } from './kinds-of-events.ts';

/** What kinds of record entries are about are called. */
export function useAboutWords(): (about: string) => string {
  const [t, words] = [useAuditTexts(), useGrantWords()];
  return (about) => t.find(`kind_${about}`) ?? words.on(about);
}

/** What is looked for: it all stands in the address, so that it can be sent. */
export function Filters({ search, onChange }: { search: AuditSearch; onChange: (patch: AuditSearch) => void }) {
  const [t, parts, aboutOf, holds] = [useAuditTexts(), usePartTexts(), useAboutWords(), useHolds()];
  const { who, about, what, from, to, together, record } = search;
  const any = [who, about, what, from, to, together, record].some((one) => one !== undefined);
  return (
    <>
      <div className={css.filters} role="search">
        {holds('read', 'workspace.user') ? (
          <RecordPicker
            kind="workspace.user"
            label={t('who')}
            placeholder={parts('anybody')}
            value={who}
            clearable
            onChange={(id) => onChange({ who: id })}
          />
        ) : (
          <span />
        )}
        <Select
          label={t('about')}
          placeholder={t('anything')}
          data={ABOUT.map((value) => ({ value, label: aboutOf(value) }))}
          value={about ?? null}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': t('dropChip') }}
          onChange={(chosen) => onChange({ about: chosen ?? undefined })}
        />
        <Select
          label={t('what')}
          placeholder={t('anything')}
          data={(Object.keys(GROUPS) as ActGroup[]).map((value) => ({ value, label: t(`group_${value}`) }))}
          value={what ?? null}
          clearable
          clearButtonProps={{ 'aria-label': t('dropChip') }}
          onChange={(chosen) => onChange({ what: chosen ?? undefined })}
        />
        <DayField label={t('from')} value={from} onChange={(day) => onChange({ from: day })} />
        <DayField label={t('to')} value={to} onChange={(day) => onChange({ to: day })} />
      </div>
      {any && (
        <div className={css.chips}>
          {together && (
            <Chip label={t('dropChip')} onDrop={() => onChange({ together: undefined })}>
              {t('togetherChip')}
            </Chip>
          )}
          {record && (
            <Chip label={t('dropChip')} onDrop={() => onChange({ record: undefined })}>
              {t.rich('recordChip', { record: <RecordName kind={recordOf(record).kind} id={recordOf(record).id} plain /> })}
            </Chip>
          )}
          <Button
            variant="subtle"
            onClick={() =>
              onChange({
                who: undefined,
                about: undefined,
                what: undefined,
                from: undefined,
                to: undefined,
                together: undefined,
                record: undefined,
              })
            }
          >
            {t('clear')}
          </Button>
        </div>
      )}
    </>
  );
}

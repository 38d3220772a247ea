import { Button, Popover } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../../../format/use-format.ts';
import { Badge } from '../../../parts/badge.tsx';
import { FieldValue } from '../../../parts/history/field-value.tsx';
import { KnownRecords, useKnown } from '../../../parts/history/known.ts';
import { Who } from '../../../parts/history/who.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useActs } from '../../../shell/use-acts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import css from '../customer.module.css';
import type { CustomerPage } from '../customer-page.ts';
import type { HistoryItem } from '../kinds.ts';
import { nameIn } from '../members.ts';
import { historyQuery } from '../queries.ts';
import { useShowWhy } from '../why/open.ts';
import { valuesOf } from './field-values.ts';
import { patchOf, type Patch } from './patch.ts';

/** The clock beside a field: all its values, since when, by whom or by what, each to be put back; also while the past is shown. */
export function FieldHistory({
  page,
  field,
  label,
  edit,
}: {
  page: CustomerPage;
  field: string;
  label: string;
  edit: (patch: Patch) => Promise<void>;
}) {
  const t = useCustomerTexts();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="right-start" width={340} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={`${css.factAct} ${css.clock}`}
          aria-label={t('historyOf', { field: label })}
          onClick={() => setOpened(!opened)}
        >
          <Icon name="history" size="s" />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {opened && (
          <>
            <div className="row" style={{ marginBottom: 4 }}>
              <h3 className="sm strong grow">{t('overTime', { field: label })}</h3>
              <button type="button" className={css.factAct} aria-label={t('closeHistory')} onClick={() => setOpened(false)}>
                <Icon name="x" size="s" />
              </button>
            </div>
            <Values page={page} field={field} edit={edit} onDone={() => setOpened(false)} />
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Values({
  page,
  field,
  edit,
  onDone,
}: {
  page: CustomerPage;
  field: string;
  edit: (patch: Patch) => Promise<void>;
  onDone: () => void;
}) {
  const [t, known, acts] = [useCustomerTexts(), useKnown(), useActs()];
  const { of, id, now, may } = page;
  const ids = [id, ...now.members.filter((member) => member !== id)];
  const found = useQueries({ queries: ids.map((one) => historyQuery(of.resource, one)) });
  const failed = found.find(({ error }) => error);
  if (failed) return <ProblemNotice error={failed.error} again={() => void failed.refetch()} />;
  const [own] = found;
  if (!own?.data || found.some(({ data }) => !data)) return <Skeleton widths={[70, 50, 60]} />;
  const members = new Map(ids.slice(1).map((member, at) => [member, found[at + 1]!.data!]));
  const values = valuesOf(field, own.data, members);
  const events = new Set(own.data.map((item) => item.id));
  const back = may('change') && !now.profile.erased;
  if (values.length === 0 || (values.length === 1 && values[0]!.value === undefined)) return <p className="sm muted">{t('neverFilled')}</p>;
  return (
    <KnownRecords value={{ ...known, ids: (event) => events.has(event) }}>
      <ol className={css.values}>
        {values.map(({ value, item, member }, at) => (
          <li key={`${item.id} ${at}`} className={css.valueRow}>
            <span className={css.dot} data-on={at === 0 ? '' : undefined} aria-hidden="true" />
            <div className="grow">
              <div className="medium">
                <FieldValue kind={of.kind} field={field} value={value} plain />
              </div>
              <Origin item={item} member={member === undefined ? undefined : (nameIn(members.get(member)) ?? '…')} />
            </div>
            {at === 0 ? (
              <Badge tone="good">{t('nowValue')}</Badge>
            ) : (
              back && (
                <Button
                  size="xs"
                  onClick={() => {
                    onDone();
                    void edit(patchOf(now.profile as never, field, value ?? null)).catch(acts.refused);
                  }}
                >
                  {t('putBack')}
                </Button>
              )
            )}
          </li>
        ))}
      </ol>
    </KnownRecords>
  );
}

function Origin({ item, member }: { item: HistoryItem; member: string | undefined }) {
  const [t, format, showWhy] = [useCustomerTexts(), useFormat(), useShowWhy()];
  return (
    <div className="xs faint">
      <time dateTime={item.at} title={format.moment(item.at)}>
        {format.date(item.at)}
      </time>
      {' · '}
      {member === undefined ? <Who told={item} /> : t('fromMember', { name: member })}
      {' · '}
      <button type="button" className="link" onClick={() => showWhy(item)}>
        {t('why')}
      </button>
    </div>
  );
}

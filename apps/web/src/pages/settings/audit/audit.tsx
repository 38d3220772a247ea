import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createLazyRoute, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { SERVICES } from '../../../api/fields.ts';
import { useFormat } from '../../../format/use-format.ts';
import { dayIn } from '../../../format/format.ts';
import { onChanges } from '../../../live/stream.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useHolds } from '../../../queries/me.ts';
import type { AuditSearch } from './audit-query.ts';
import { useAuditTexts } from '../../../texts/audit/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { SettingsPage } from '../settings-page.tsx';
import { holdsAny } from '../settings-pages.ts';
import { auditQuery, type AuditItem } from './audit-query.ts';
import css from './audit.module.css';
import { Entry } from './entry.tsx';
import { useAuditExport } from './export.ts';
import { Filters } from './filters.tsx';
import { runsOf } from './merged.ts';

export const route = createLazyRoute('/shell/settings/audit')({ component: Audit });
const from = getRouteApi('/shell/settings/audit');

const LEAST = 20;
const MOST_AT_ONCE = 6;

/** Who did what and when, over all services, newest first. */
function Audit() {
  const [t, settings, format, holds] = [useAuditTexts(), useSettingsTexts(), useFormat(), useHolds()];
  const search = from.useSearch();
  const navigate = useNavigate();
  const services = SERVICES.filter((service) => holdsAny(holds, service));
  const trail = useInfiniteQuery(auditQuery(search, format.zone, services));
  const items = useMemo(() => trail.data?.pages.flatMap((page) => page.items) ?? [], [trail.data]);
  const { hasNextPage, isFetching, fetchNextPage } = trail;
  // What one act did many times stands as one: then a page may show little, and the next is asked for at once.
  const few = runsOf(items).length < LEAST && (trail.data?.pages.length ?? 0) < MOST_AT_ONCE;
  useEffect(() => {
    if (few && hasNextPage && !isFetching) void fetchNextPage();
  }, [few, hasNextPage, isFetching, fetchNextPage]);
  const exporting = useAuditExport(search, services);
  const change = (patch: AuditSearch) =>
    void navigate({ to: '/settings/audit', search: (before) => ({ ...before, ...patch }) as AuditSearch, replace: true });
  const days = daysOf(items, (at) => dayIn(at, format.zone));
  const today = dayIn(Date.now(), format.zone);
  return (
    <SettingsPage
      title={settings('audit')}
      about={settings('auditAbout')}
      acts={
        <Button leftSection={<Icon name="export" />} loading={exporting.busy} onClick={() => void exporting.run()}>
          {t('export')}
        </Button>
      }
    >
      <Filters search={search} onChange={change} />
      <News onShow={() => void trail.refetch()} />
      {trail.error ? (
        <ProblemNotice error={trail.error} again={() => void trail.refetch()} />
      ) : trail.isPending ? (
        <Skeleton widths={[70, 80, 60, 75, 65, 80]} height={18} />
      ) : items.length === 0 && !trail.hasNextPage ? (
        <Empty level={2} title={t('noneTitle')}>
          {t('noneHint')}
        </Empty>
      ) : (
        <div className={css.list}>
          {days.map(([day, entries]) => (
            <section key={day} aria-label={format.day(day, 'long')}>
              <div className={css.day}>
                <h2>{day === today ? t('today') : format.day(day, 'long')}</h2>
              </div>
              <ol>
                {runsOf(entries).map((run) => (
                  <Run key={run[0]!.id} run={run} onChange={change} />
                ))}
              </ol>
            </section>
          ))}
          <div className={css.foot}>
            {trail.hasNextPage ? (
              <>
                <Button loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
                  {t('older')}
                </Button>
                {items.length === 0 && <span>{t('noneSoFar')}</span>}
              </>
            ) : (
              <span>{t('begin')}</span>
            )}
          </div>
        </div>
      )}
    </SettingsPage>
  );
}

function daysOf(items: readonly AuditItem[], dayOf: (at: string) => string): [string, AuditItem[]][] {
  const days: [string, AuditItem[]][] = [];
  for (const item of items) {
    const day = dayOf(item.recordedAt);
    if (days.at(-1)?.[0] === day) days.at(-1)![1].push(item);
    else days.push([day, [item]]);
  }
  return days;
}

/** What one act did many times over: its first entry, and the rest for whoever wants them. */
function Run({ run, onChange }: { run: readonly AuditItem[]; onChange: (patch: AuditSearch) => void }) {
  const t = useAuditTexts();
  const [open, setOpen] = useState(false);
  const [first, ...rest] = run;
  const shown = open ? run : [first!];
  return (
    <>
      {shown.map((item) => (
        <Entry key={item.id} item={item} onChange={onChange} />
      ))}
      {rest.length > 0 && (
        <li className={css.sameAct}>
          <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('fewer') : t('more', { n: rest.length })}
          </button>
        </li>
      )}
    </>
  );
}

/** That something happened since the page was asked for: it is not moved under the eyes of whoever reads. */
function News({ onShow }: { onShow: () => void }) {
  const t = useAuditTexts();
  const [n, setN] = useState(0);
  useEffect(() => onChanges((heard) => setN((now) => now + ('again' in heard ? 1 : heard.changes.length))), []);
  if (n === 0) return null;
  return (
    <div>
      <Button
        variant="light"
        onClick={() => {
          setN(0);
          onShow();
        }}
      >
        {t('news', { n })}
      </Button>
    </div>
  );
}

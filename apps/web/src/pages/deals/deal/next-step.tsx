import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { queryClient } from '../../../queries/client.ts';
import { useMay } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import type { Deal } from '../deal.ts';
import { ActivityForm } from './activity-form.tsx';
import { activitiesQuery } from './deal-queries.ts';
import css from './deal.module.css';

/** What is to be done next about a deal, or that nothing is: the one thing no open deal should be without. */
export function NextStep({ deal }: { deal: Deal }) {
  const [t, format, acts, may] = [useDealTexts(), useFormat(), useActs(), useMay()];
  const [adding, setAdding] = useState(false);
  const { data } = useQuery(activitiesQuery(deal.id));
  const [step] = (data ?? [])
    .filter(({ kind, done }) => kind === 'task' && !done)
    .toSorted((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
  if (!data || (!step && !deal.open)) return null;
  const late = step?.dueAt !== undefined && Date.parse(step.dueAt) < Date.now();
  const complete = async () => {
    if (!step) return;
    await acts.attempt(
      'contacts',
      (act) => api.post('/activities/{id}/complete', { params: { id: step.id }, body: {}, act }),
      () => t('stepDone', { step: step.subject }),
    );
    await queryClient.invalidateQueries({ queryKey: ['some', 'contacts.activity'] });
  };
  return (
    <div className={css.next} data-none={!step || undefined}>
      <div className="row">
        <span className="xs medium">{t('nextStep')}</span>
        {step?.dueAt && (
          <time className={`xs end ${late ? 'attn medium' : 'muted'}`} dateTime={step.dueAt}>
            {late ? t('wasDue', { day: format.date(step.dueAt) }) : format.weekday(step.dueAt)}
          </time>
        )}
      </div>
      <div className="row">
        <bdi className={`ellipsis grow ${step ? 'medium' : 'muted'}`}>{step ? step.subject : t('noStep')}</bdi>
        {step ? (
          may('change', 'contacts.activity') && (
            <Button size="xs" leftSection={<Icon name="check" size="s" />} onClick={() => void complete()}>
              {t('stepDo')}
            </Button>
          )
        ) : may('create', 'contacts.activity') ? (
          <Popover opened={adding} onChange={setAdding} position="bottom-end" width={320} trapFocus>
            <Popover.Target>
              <Button size="xs" leftSection={<Icon name="plus" size="s" />} onClick={() => setAdding(!adding)}>
                {t('planStep')}
              </Button>
            </Popover.Target>
            <Popover.Dropdown aria-label={t('planStep')}>
              <ActivityForm deal={deal} kind="task" onDone={() => setAdding(false)} />
            </Popover.Dropdown>
          </Popover>
        ) : null}
      </div>
    </div>
  );
}

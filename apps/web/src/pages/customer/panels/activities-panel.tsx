import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Card } from '../../../parts/card.tsx';
import { ACTIVITY_ICONS } from '../../../parts/history/events.ts';
import { Icon } from '../../../parts/icon.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { useActs } from '../../../shell/use-acts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import css from '../customer.module.css';
import type { CustomerPage } from '../customer-page.ts';
import type { Activity } from '../kinds.ts';
import { renewCustomer } from '../queries.ts';

const FIRST = 4;

/** What is to do, the first due above; then what was done last. */
export function ActivitiesPanel({ page }: { page: CustomerPage }) {
  const [t, format, acts] = [useCustomerTexts(), useFormat(), useActs()];
  const [all, setAll] = useState(false);
  const { of, id, shown, moment, may } = page;
  const { items, more } = shown.activities;
  if (items.length === 0) return null;
  const open = items.filter(({ kind, done }) => kind === 'task' && !done).sort((a, b) => ((a.dueAt ?? '9') < (b.dueAt ?? '9') ? -1 : 1));
  const rest = items.filter((one) => !open.includes(one));
  const changes = may('change activity') && !moment.isPast;
  const complete = async (task: Activity) => {
    await acts.attempt(
      'contacts',
      (act) => api.post('/activities/{id}/complete', { params: { id: task.id }, body: {}, act }),
      () => t('stepDone', { step: task.subject }),
    );
    await renewCustomer(of, [id]);
  };
  const shownRest = rest.slice(0, all ? undefined : FIRST);
  return (
    <Card title={t('activities')} count={format.number(items.length + more)}>
      <ul className={css.list}>
        {open.map((task) => (
          <li key={task.id}>
            {changes ? (
              <Checkbox checked={false} aria-label={t('finish', { step: task.subject })} onChange={() => void complete(task)} />
            ) : (
              <Icon name="task" size="s" />
            )}
            <What activity={task} about={<RecordName kind="workspace.user" id={task.ownerId} plain />} />
            {task.dueAt && (
              <time className={`xs ${!moment.isPast && Date.parse(task.dueAt) < moment.now ? 'attn medium' : 'faint'}`}>
                {format.date(task.dueAt)}
              </time>
            )}
          </li>
        ))}
        {shownRest.map((one) => (
          <li key={one.id}>
            <Icon name={ACTIVITY_ICONS[one.kind]} size="s" />
            <What activity={one} about={<RecordName kind="workspace.user" id={one.ownerId} plain />} />
            <time className="xs faint">{format.date(one.at)}</time>
          </li>
        ))}
      </ul>
      {rest.length > FIRST && (
        <button type="button" className={`link xs ${css.fold}`} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('fewerActivities') : t('allActivities', { n: items.length })}
        </button>
      )}
    </Card>
  );
}

function What({ activity, about }: { activity: Activity; about: React.ReactNode }) {
  return (
    <div className="grow">
      <bdi className="cut medium">{activity.subject}</bdi>
      <div className="xs faint ellipsis">{about}</div>
    </div>
  );
}

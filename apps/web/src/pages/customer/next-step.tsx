import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { dayPlus, startOfDay } from '../../format/days.ts';
import { useFormat } from '../../format/use-format.ts';
import { dayIn } from '../../format/format.ts';
import { DayField } from '../../parts/fields/form-fields.tsx';
import { RecordPicker } from '../../parts/fields/record-picker.tsx';
import { Icon } from '../../parts/icon.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { nameOnce } from '../../queries/names.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import css from './customer.module.css';
import type { CustomerPage } from './customer-page.ts';
import type { Activity } from './kinds.ts';
import { renewCustomer } from './queries.ts';
import { LogDrawer } from './acts/log-drawer.tsx';

const HOUR = 3_600_000;

/** The open task that is due first: done, moved or given to somebody else at once. */
export function NextStep({ page }: { page: CustomerPage }) {
  const t = useCustomerTexts();
  const { shown, moment, may } = page;
  const [adding, setAdding] = useState(false);
  const step = shown.nextStep;
  if (step) return <Step step={step} page={page} />;
  return (
    <div className={`${css.step} ${css.noStep}`}>
      <div className={css.stepLabel}>{t(moment.isPast ? 'noStepThen' : 'noStep')}</div>
      {!moment.isPast && (
        <div className="row">
          <span className="xs muted grow">{t('noStepHint')}</span>
          {may('create activity') && (
            <Button size="xs" leftSection={<Icon name="plus" size="s" />} onClick={() => setAdding(true)}>
              {t('addStep')}
            </Button>
          )}
        </div>
      )}
      {adding && <LogDrawer kind="task" page={page} onClose={() => setAdding(false)} />}
    </div>
  );
}

function Step({ step, page }: { step: Activity; page: CustomerPage }) {
  const [t, format, acts] = [useCustomerTexts(), useFormat(), useActs()];
  const { moment, may, of, id } = page;
  const late = !moment.isPast && step.dueAt !== undefined && Date.parse(step.dueAt) < moment.now;
  const change = async (body: { dueAt?: string; ownerId?: string }, said: string) => {
    await acts.attempt(
      'contacts',
      (act) => api.patch('/activities/{id}', { params: { id: step.id }, body, act }),
      () => said,
    );
    await renewCustomer(of, [id]);
  };
  const complete = async () => {
    await acts.attempt(
      'contacts',
      (act) => api.post('/activities/{id}/complete', { params: { id: step.id }, body: {}, act }),
      () => t('stepDone', { step: step.subject }),
    );
    await renewCustomer(of, [id]);
  };
  return (
    <div className={css.step}>
      <div className="row xs">
        <span className={css.stepLabel}>{t('nextStep')}</span>
        {step.dueAt && (
          <time className={`end ${late ? 'attn medium' : 'muted'}`} dateTime={step.dueAt}>
            {late
              ? t('dueLate', { when: format.relative(step.dueAt) })
              : t('dueAt', { day: format.weekday(step.dueAt), time: format.time(step.dueAt) })}
          </time>
        )}
      </div>
      <div className="medium">
        <bdi>{step.subject}</bdi>
      </div>
      <div className="row">
        <span className="xs muted ellipsis grow">
          <RecordName kind="workspace.user" id={step.ownerId} plain />
        </span>
        {!moment.isPast && may('change activity') && (
          <>
            <Move
              step={step}
              zone={format.zone}
              onDue={(dueAt, when) => void change({ dueAt }, t('stepMoved', { step: step.subject, when }))}
              onOwner={(ownerId) =>
                void nameOnce('workspace.user', ownerId).then((name) => change({ ownerId }, t('stepGiven', { step: step.subject, name })))
              }
            />
            <Button size="xs" variant="filled" leftSection={<Icon name="check" size="s" />} onClick={() => void complete()}>
              {t('done')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

/** To another day, at the same time of the day; or to somebody else. */
function Move({
  step,
  zone,
  onDue,
  onOwner,
}: {
  step: Activity;
  zone: string;
  onDue: (dueAt: string, when: string) => void;
  onOwner: (id: string) => void;
}) {
  const [t, format] = [useCustomerTexts(), useFormat()];
  const [opened, setOpened] = useState(false);
  const today = dayIn(Date.now(), zone);
  const time = step.dueAt ? Date.parse(step.dueAt) - startOfDay(dayIn(step.dueAt, zone), zone) : 9 * HOUR;
  const move = (day: string) => {
    const due = new Date(startOfDay(day, zone) + time).toISOString();
    setOpened(false);
    onDue(due, format.weekday(due));
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" onClick={() => setOpened(!opened)}>
          {t('move')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={css.move}>
        {MOVES.map(({ key, days }) => (
          <button key={key} type="button" className={css.moveTo} onClick={() => move(dayPlus(today, days))}>
            {t(key)}
            <span className="xs faint end">{format.weekday(startOfDay(dayPlus(today, days), zone))}</span>
          </button>
        ))}
        <DayField label={t('onDay')} value={undefined} onChange={(day) => day && day >= today && move(day)} />
        <RecordPicker
          kind="workspace.user"
          label={t('giveTo')}
          value={step.ownerId}
          onChange={(id) => {
            if (!id || id === step.ownerId) return;
            setOpened(false);
            onOwner(id);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

const MOVES = [
  { key: 'tomorrow', days: 1 },
  { key: 'inDays', days: 3 },
  { key: 'nextWeek', days: 7 },
  { key: 'inMonth', days: 30 },
] as const;

import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { dayPlus, startOfDay } from '../../../format/days.ts';
import { dayIn } from '../../../format/format.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Drawer } from '../../../parts/drawer.tsx';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { ACTIVITY_ICONS } from '../../../parts/history/events.ts';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Segments } from '../../../parts/segments.tsx';
import { useActs } from '../../../shell/use-acts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import { useHistoryTexts } from '../../../texts/history/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import type { CustomerPage } from '../customer-page.ts';
import { recordName, CONTACT, ACCOUNT, type Activity } from '../kinds.ts';
import { renewCustomer } from '../queries.ts';

type Kind = Activity['kind'];
const KINDS = Object.keys(ACTIVITY_ICONS) as Kind[];
const MINUTE = 60_000;

/** Notes a call, a meeting, a message, a note or a task, in a drawer beside the page. What has happened may be dated back. */
export function LogDrawer({ kind: first, page, onClose }: { kind: Kind; page: CustomerPage; onClose: () => void }) {
  const [t, history, parts, format, acts] = [useCustomerTexts(), useHistoryTexts(), usePartTexts(), useFormat(), useActs()];
  const { of, id, now } = page;
  const account = of === CONTACT ? now.account : undefined;
  const [kind, setKind] = useState<Kind>(first);
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const isTask = kind === 'task';
  const today = dayIn(Date.now(), format.zone);
  const [day, setDay] = useState(isTask ? dayPlus(today, 1) : today);
  const [time, setTime] = useState(isTask ? '09:00' : format.time(Date.now()));
  const [touched, setTouched] = useState(false);
  const [ownerId, setOwnerId] = useState<string>();
  const [alsoAccount, setAlsoAccount] = useState(true);
  const [error, setError] = useState<unknown>();
  const problem = error instanceof ApiProblem ? error : undefined;

  const choose = (next: Kind) => {
    setKind(next);
    if (touched) return;
    setDay(next === 'task' ? dayPlus(today, 1) : today);
    setTime(next === 'task' ? '09:00' : format.time(Date.now()));
  };
  const save = async () => {
    if (subject.trim() === '') return setError('nothing');
    const at = momentOf(day, time, format.zone);
    if (at === undefined) return setError('when');
    const about = [recordName(of, id), ...(account && alsoAccount ? [recordName(ACCOUNT, account.id)] : [])];
    const what = {
      kind,
      about,
      subject: subject.trim(),
      ...(body.trim() ? { body: body.trim() } : {}),
      ...(ownerId ? { ownerId } : {}),
      ...(isTask ? { dueAt: new Date(at).toISOString() } : {}),
    };
    // What was only just said happened now; what is dated back happened then.
    const earlier = !isTask && touched && at < Date.now() - MINUTE;
    try {
      await acts.perform(
        'contacts',
        (act) =>
          api.post('/activities', {
            body: what,
            act,
            ...(earlier ? { headers: { 'rapport-occurred-at': new Date(at).toISOString() } } : {}),
          }),
        () => t('logged', { kind: history(kind), subject: what.subject }),
      );
    } catch (refused) {
      return setError(refused);
    }
    onClose();
    return renewCustomer(of, [id]);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t.rich('logAbout', { name: <bdi>{now.profile.name}</bdi> })}
      foot={
        <>
          <Button type="submit" form="log" variant="filled">
            {parts('save')}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {parts('cancel')}
          </Button>
        </>
      }
    >
      <form
        id="log"
        noValidate
        style={{ display: 'grid', gap: 16 }}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {problem && !problem.of('subject') && <ProblemNotice error={problem} />}
        <Segments label={t('whatKind')} value={kind} onChange={choose} options={KINDS.map((value) => ({ value, label: history(value) }))} />
        <TextInput
          label={t(isTask ? 'whatToDo' : 'whatAbout')}
          data-autofocus
          dir="auto"
          maxLength={300}
          value={subject}
          error={error === 'nothing' ? t('sayWhat') : problem?.of('subject')}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label={t('details')}
          dir="auto"
          autosize
          minRows={3}
          maxRows={12}
          maxLength={10_000}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <div className="row" style={{ alignItems: 'flex-end' }}>
          <TextInput
            type="date"
            className="grow"
            label={t(isTask ? 'dueOn' : 'happenedOn')}
            max={isTask ? undefined : today}
            value={day}
            error={error === 'when' ? t('noDay') : undefined}
            onChange={(event) => {
              setTouched(true);
              setDay(event.currentTarget.value);
            }}
          />
          <TextInput
            type="time"
            aria-label={t('timeOfDay')}
            value={time}
            onChange={(event) => {
              setTouched(true);
              setTime(event.currentTarget.value);
            }}
          />
        </div>
        {isTask && <RecordPicker kind="workspace.user" label={t('whoDoes')} value={ownerId} clearable onChange={setOwnerId} />}
        {account && (
          <Checkbox
            label={t.rich('alsoOn', { name: <bdi>{account.name}</bdi> })}
            checked={alsoAccount}
            onChange={(event) => setAlsoAccount(event.currentTarget.checked)}
          />
        )}
      </form>
    </Drawer>
  );
}

/** A day and a time of the day in a zone, in milliseconds; undefined for what is none. */
function momentOf(day: string, time: string, zone: string): number | undefined {
  const [hours, minutes] = time.split(':').map(Number);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)) return undefined;
  return startOfDay(day, zone) + (hours * 60 + minutes) * MINUTE;
}

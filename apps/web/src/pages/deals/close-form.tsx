import { Autocomplete, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { dayIn, type Money } from '../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { DayField, MoneyField } from '../../parts/fields/form-fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { someQuery } from '../../queries/lists.ts';
import { useHidden } from '../../queries/me.ts';
import { useDealTexts } from '../../texts/deals/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import css from './deals.module.css';
import { DEALS, type Deal } from './deal.ts';
import { useDealActs } from './use-deal-acts.ts';

/** Its list belongs to the form: a click there is not a click beside it. */
const INSIDE = { withinPortal: false };
const RECENT = 50;
const OFFERED = 6;

/** Closes a deal where it stands: won at a value on a day, or lost for a reason on a day. Enter is enough when nothing is to be changed. */
export function CloseForm({
  deal,
  status,
  onDone,
  onCancel,
}: {
  deal: Deal;
  status: 'won' | 'lost';
  onDone: () => void;
  onCancel: () => void;
}) {
  const [t, parts, format, usual, hidden] = [useDealTexts(), usePartTexts(), useFormat(), useUsualCurrency(), useHidden(DEALS)];
  const acts = useDealActs();
  const form = useRef<HTMLFormElement>(null);
  const [closedOn, setClosedOn] = useState<string | undefined>(() => dayIn(Date.now(), format.zone));
  const [value, setValue] = useState<Money | undefined>(deal.worth);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>();
  const reasons = useRecentReasons(status === 'lost');
  const problem = error instanceof ApiProblem ? error : undefined;
  useEffect(() => {
    const first = form.current?.querySelector('input');
    first?.focus();
    first?.select();
    form.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, []);
  const save = async () => {
    if (status === 'lost' && reason.trim() === '') return setError('reasonless');
    try {
      await (status === 'won' ? acts.win(deal, { closedOn, value }) : acts.lose(deal, { closedOn, reason: reason.trim() }));
      return onDone();
    } catch (refused) {
      return setError(refused);
    }
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves the form, from whichever field
    <form
      ref={form}
      className={css.closing}
      aria-label={t(status === 'won' ? 'winForm' : 'loseForm', { name: deal.name })}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      <bdi className="medium ellipsis">{deal.name}</bdi>
      {problem && problem.fields.length === 0 && <ProblemNotice error={problem} />}
      {error !== undefined && !problem && error !== 'reasonless' && <ProblemNotice error={error} />}
      {status === 'won' && !hidden.includes('value') && (
        <MoneyField
          label={t('wonAt')}
          value={value}
          onChange={setValue}
          error={problem?.of('value')}
          currencies={[deal.worth?.currency ?? usual ?? 'USD']}
        />
      )}
      {status === 'lost' && (
        <Autocomplete
          label={t('lostBecause')}
          comboboxProps={INSIDE}
          dir="auto"
          maxLength={300}
          data={reasons}
          value={reason}
          onChange={setReason}
          error={error === 'reasonless' ? t('reasonMissing') : problem?.of('reason')}
        />
      )}
      <DayField label={t(status === 'won' ? 'wonOn' : 'lostOn')} value={closedOn} onChange={setClosedOn} error={problem?.of('closedOn')} />
      <div className="row">
        <Button type="submit" variant="filled" color={status === 'won' ? undefined : 'gray.8'}>
          {t(status === 'won' ? 'winDo' : 'loseDo')}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {parts('cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Reasons that were given lately, the most frequent first. */
function useRecentReasons(enabled: boolean): string[] {
  const { data = [] } = useQuery({ ...someQuery(DEALS, { filter: 'status eq "lost"', sort: '-closedOn' }, RECENT), enabled });
  const counts = new Map<string, number>();
  for (const { reason } of data) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, OFFERED)
    .map(([reason]) => reason);
}

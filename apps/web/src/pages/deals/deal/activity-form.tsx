import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { momentOn } from '../../../format/days.ts';
import { useFormat } from '../../../format/use-format.ts';
import { DayField } from '../../../parts/fields/form-fields.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { queryClient } from '../../../queries/client.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { DEALS, type Deal } from '../deal.ts';
import type { Activity } from './deal-queries.ts';

/** A day by which something is to be done is meant from its morning on. */
const MORNING = '09:00';

/** Notes something about a deal: what was said, or what is to be done. It stands with its account and its contact as well. */
export function ActivityForm({ deal, kind, onDone }: { deal: Deal; kind: Activity['kind']; onDone: () => void }) {
  const [t, parts, acts, format] = [useDealTexts(), usePartTexts(), useActs(), useFormat()];
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const [day, setDay] = useState<string>();
  const [error, setError] = useState<unknown>();
  const problem = error instanceof ApiProblem ? error : undefined;
  const about = [
    `${DEALS}/${deal.id}`,
    ...(deal.contactId ? [`contacts.contact/${deal.contactId}`] : []),
    ...(deal.accountId ? [`contacts.account/${deal.accountId}`] : []),
  ];
  const save = async () => {
    if (subject.trim() === '') return setError('wordless');
    try {
      await acts.perform(
        'contacts',
        (act) =>
          api.post('/activities', {
            body: {
              kind,
              about,
              subject: subject.trim(),
              ...(body.trim() ? { body: body.trim() } : {}),
              ...(day ? { dueAt: new Date(momentOn(day, MORNING, format.zone)).toISOString() } : {}),
            },
            act,
          }),
        () => t('noted', { subject: subject.trim() }),
      );
    } catch (refused) {
      return setError(refused);
    }
    await queryClient.invalidateQueries({ queryKey: ['some', 'contacts.activity'] });
    setSubject('');
    setBody('');
    return onDone();
  };
  return (
    <form
      noValidate
      style={{ display: 'grid', gap: 10 }}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {error !== undefined && error !== 'wordless' && !problem?.fields.length && <ProblemNotice error={error} />}
      <TextInput
        label={t(kind === 'task' ? 'whatToDo' : 'whatAbout')}
        data-autofocus
        dir="auto"
        maxLength={300}
        value={subject}
        error={error === 'wordless' ? t('wordless') : problem?.of('subject')}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      {kind === 'task' ? (
        <DayField label={t('due')} value={day} onChange={setDay} error={problem?.of('dueAt')} />
      ) : (
        <Textarea
          label={t('inDetail')}
          dir="auto"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={10_000}
          value={body}
          error={problem?.of('body')}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
      )}
      <div className="row">
        <Button type="submit" variant="filled">
          {parts('save')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {parts('cancel')}
        </Button>
      </div>
    </form>
  );
}

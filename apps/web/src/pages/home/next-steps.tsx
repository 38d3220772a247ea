import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import type { Doc } from '../../api/kinds.ts';
import { useFormat } from '../../format/use-format.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { queryClient } from '../../queries/client.ts';
import { someQuery } from '../../queries/lists.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useHomeTexts } from '../../texts/home/index.ts';
import css from './home.module.css';

const SHOWN = 6;
type Task = Doc<'contacts.activity'>;

/** Tasks of this person, the one that is due first above. Ticking one off can be undone, as everything. */
export function NextSteps({ owner }: { owner: string }) {
  const t = useHomeTexts();
  const asked = { filter: `ownerId eq ${JSON.stringify(owner)} and kind eq "task" and done eq false`, sort: 'dueAt' };
  const { data, error, refetch } = useQuery(someQuery('contacts.activity', asked, SHOWN));
  return (
    <Card title={t('nextSteps')} count={data && data.length > 0 ? t('due', { n: data.length }) : undefined}>
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton widths={[70, 50, 60]} />
      ) : data.length === 0 ? (
        <Empty title={t('noSteps')}>{t('noStepsHint')}</Empty>
      ) : (
        <ul className={css.list}>
          {data.map((task) => (
            <Step key={task.id} task={task} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Step({ task }: { task: Task }) {
  const [t, format, acts] = [useHomeTexts(), useFormat(), useActs()];
  const [about] = task.about;
  const late = task.dueAt !== undefined && Date.parse(task.dueAt) < Date.now();
  const complete = async () => {
    await acts.attempt(
      'contacts',
      (act) => api.post('/activities/{id}/complete', { params: { id: task.id }, body: {}, act }),
      () => t('stepDone', { step: task.subject }),
    );
    await queryClient.invalidateQueries({ queryKey: ['some', 'contacts.activity'] });
  };
  return (
    <li className={css.item}>
      <Checkbox checked={false} aria-label={t('finish', { step: task.subject })} onChange={() => void complete()} />
      <div className={css.itemWhat}>
        <bdi className="medium ellipsis">{task.subject}</bdi>
        {about && (
          <span className="xs muted ellipsis">
            <RecordName kind={about.slice(0, about.indexOf('/'))} id={about.slice(about.indexOf('/') + 1)} />
          </span>
        )}
      </div>
      {task.dueAt && (
        <time className={`xs ${late ? 'attn medium' : ''}`} dateTime={task.dueAt}>
          {late ? t('late', { when: format.relative(task.dueAt) }) : format.weekday(task.dueAt)}
        </time>
      )}
    </li>
  );
}
